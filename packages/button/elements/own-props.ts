import type { Attribute, Element, Exported } from "./analyze-elements.ts";

/** Returns the members of an interface in TypeScript, each with its doc comment. */
export function members(lines: readonly (readonly [name: string, type: string, description: string])[]): string {
  return lines
    .map(([name, type, description]) => {
      const key = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
      return `  /** ${description.replaceAll(/\s*\n\s*/g, " ")} */\n  ${key}?: ${type};`;
    })
    .join("\n");
}

/** Returns what a framework sets on an element: properties, and those attributes that have no property. */
export function ownProps({ name, attributes }: Element): readonly (readonly [string, string, string])[] {
  return attributes.map((attribute) => [
    attribute.fieldName ?? attribute.name,
    propType(name, attribute),
    attribute.description,
  ]);
}

/** Returns the allowed values of an attribute. Empty if the attribute also takes other values. */
export function wordsOf({ type }: Attribute): readonly string[] {
  const parts = type.text.split(" | ");
  return parts.every((part) => /^"[^"]*"$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : [];
}

function propType(element: string, attribute: Attribute): string {
  const { fieldName, type } = attribute;
  // Vue and Svelte write `false` into an attribute as the text "false", so that the attribute is set.
  if (fieldName === undefined) return `${type.text === "boolean" ? "true" : type.text} | undefined`;
  if (wordsOf(attribute).length > 0) return `${type.text} | null | undefined`;
  return `${element}[${JSON.stringify(fieldName)}]`;
}

/** The folder with the types of the published modules, relative to the framework types. */
const TYPES = "./types/button";

/** Returns the imports for all names in the types of these elements. */
export function importsOf(elements: readonly Element[], exported: Exported): string {
  const named = new Set(elements.flatMap(({ name, events }) => [name, ...events.map(({ type }) => type.text)]));
  return [...exported]
    .map(([entry, names]) => [entry, names.filter((name) => named.has(name))] as const)
    .filter(([, names]) => names.length > 0)
    .map(([entry, names]) => `import type { ${names.join(", ")} } from "${TYPES}/${entry}.js";`)
    .join("\n");
}

/** Importing the module of a framework also registers the button. */
export const REGISTERS = `export * from "${TYPES}/define.js";`;
