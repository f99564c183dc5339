import type { Attribute, Element, Exported } from "./analyze-elements.ts";

/** The members of an interface: each as a line of TypeScript with its doc comment. */
export function members(lines: readonly (readonly [name: string, type: string, description: string])[]): string {
  return lines
    .map(([name, type, description]) => {
      const key = /^[\w$]+$/.test(name) ? name : JSON.stringify(name);
      return `  /** ${description.replaceAll(/\s*\n\s*/g, " ")} */\n  ${key}?: ${type};`;
    })
    .join("\n");
}

/** What a framework sets on an element: properties by their names, and what is an attribute only by its own. */
export function ownProps({ name, attributes }: Element): readonly (readonly [string, string, string])[] {
  return attributes.map((attribute) => [
    attribute.fieldName ?? attribute.name,
    propType(name, attribute),
    attribute.description,
  ]);
}

/** The words that an attribute may have; none where it takes others, too. */
export function wordsOf({ type }: Attribute): readonly string[] {
  const parts = type.text.split(" | ");
  return parts.every((part) => /^"[^"]*"$/.test(part)) ? parts.map((part) => part.slice(1, -1)) : [];
}

function propType(element: string, attribute: Attribute): string {
  const { fieldName, type } = attribute;
  // Vue and Svelte write what is false into an attribute as a text, which then is there.
  if (fieldName === undefined) return `${type.text === "boolean" ? "true" : type.text} | undefined`;
  if (wordsOf(attribute).length > 0) return `${type.text} | null | undefined`;
  return `${element}[${JSON.stringify(fieldName)}]`;
}

/** Where the types of the published modules are, from the folder of these. */
const TYPES = "./types/button";

/** Imports everything that the types of these elements name. */
export function importsOf(elements: readonly Element[], exported: Exported): string {
  const named = new Set(elements.flatMap(({ name, events }) => [name, ...events.map(({ type }) => type.text)]));
  return [...exported]
    .map(([entry, names]) => [entry, names.filter((name) => named.has(name))] as const)
    .filter(([, names]) => names.length > 0)
    .map(([entry, names]) => `import type { ${names.join(", ")} } from "${TYPES}/${entry}.js";`)
    .join("\n");
}

/** Importing the types as a module also registers the button. */
export const REGISTERS = `export * from "${TYPES}/define.js";`;
