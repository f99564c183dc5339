import type { Element } from "./analyze-elements.ts";
import { wordsOf } from "./own-props.ts";

/**
 * Returns the data for completion in VS Code:
 * https://github.com/microsoft/vscode-html-languageservice/blob/main/docs/customData.md
 */
export function vscodeHtmlData(elements: readonly Element[]): object {
  return {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes }) => ({
      name: tagName,
      description: { kind: "markdown", value: description },
      attributes: attributes.map((attribute) => ({
        name: attribute.name,
        description: { kind: "markdown", value: attribute.description },
        // In VS Code, "v" marks an attribute without a value.
        ...(attribute.type.text === "boolean"
          ? { valueSet: "v" }
          : { values: wordsOf(attribute).map((word) => ({ name: word })) }),
      })),
    })),
  };
}
