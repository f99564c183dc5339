import type { Analyzed, Element } from "./analyze-elements.ts";
import { importsOf, members, ownProps, REGISTERS } from "./own-props.ts";

/**
 * Returns types for Svelte 5. Svelte sets properties where the element has them, and its listeners are named `on` plus
 * the event type.
 */
export function svelteTypes({ elements, exported }: Analyzed): string {
  return `import type { HTMLAttributes } from "svelte/elements";
${importsOf(elements, exported)}
${REGISTERS}

${elements.map(attributesOf).join("\n\n")}

declare module "svelte/elements" {
  interface SvelteHTMLElements {
${elements.map(({ name, tagName }) => `    "${tagName}": ${name}Attributes;`).join("\n")}
  }
}
`;
}

function attributesOf(element: Element): string {
  const { name, attributes, events } = element;
  // A string works under either name. Svelte writes any other value into an attribute as text, including `false`.
  const texts = attributes
    .filter((attribute) => attribute.fieldName !== undefined && attribute.fieldName !== attribute.name)
    .filter(({ type }) => type.text === "string")
    .map((attribute) => [attribute.name, "string | null | undefined", attribute.description] as const);
  const listeners = events.map(
    (event) =>
      [`on${event.name}`, `((event: ${event.type.text}) => void) | null | undefined`, event.description] as const,
  );
  return `interface ${name}OwnAttributes {
${members([...ownProps(element), ...texts, ...listeners])}
}
/** The attributes and properties of \`<${element.tagName}>\`. */
export type ${name}Attributes = Omit<HTMLAttributes<${name}>, keyof ${name}OwnAttributes> & ${name}OwnAttributes;`;
}
