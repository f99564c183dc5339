import type { Element } from "./analyze-elements.ts";

interface Named {
  readonly name: string;
  readonly description?: string;
}

const described = ({ name, description = "" }: Named) => ({ name, description });

/** Returns the data for completion in JetBrains IDEs: https://github.com/JetBrains/web-types */
export function webTypes(elements: readonly Element[], name: string, version: string): object {
  return {
    $schema: "https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json",
    name,
    version,
    "description-markup": "markdown",
    contributions: {
      html: {
        elements: elements.map((element) => ({
          name: element.tagName,
          description: element.description,
          attributes: element.attributes.map((attribute) => ({
            ...described(attribute),
            value: { type: attribute.type.text },
          })),
          slots: (element.slots ?? []).map(described),
          js: {
            properties: element.attributes.flatMap(({ fieldName, type, description }) =>
              fieldName === undefined ? [] : [{ name: fieldName, description, type: type.text }],
            ),
            events: element.events.map((event) => ({ ...described(event), type: event.type.text })),
          },
          css: {
            properties: (element.cssProperties ?? []).map(described),
            parts: (element.cssParts ?? []).map(described),
          },
        })),
      },
    },
  };
}
