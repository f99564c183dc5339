import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { create, ts } from "@custom-elements-manifest/analyzer";
import { litPlugin } from "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js";
import { definitionsByDefineOnce } from "./definitions-by-define-once.ts";
import type {
  Attribute as AnyAttribute,
  ClassDeclaration,
  CustomElement,
  Event as AnyEvent,
  Package,
} from "custom-elements-manifest/schema.d.ts";

/** An attribute, with the type from the doc comment. `fieldName` names its property. */
export interface Attribute extends AnyAttribute {
  type: { text: string };
  description: string;
}
export interface ElementEvent extends AnyEvent {
  description: string;
}

/** A custom element whose doc comment describes its whole public interface. */
export interface Element extends ClassDeclaration, CustomElement {
  kind: "class";
  tagName: string;
  description: string;
  attributes: Attribute[];
  events: ElementEvent[];
}

/** The exported names by published module. Each name is listed only for the first module that exports it. */
export type Exported = ReadonlyMap<string, readonly string[]>;

export interface Analyzed {
  readonly elements: readonly Element[];
  readonly exported: Exported;
  /** The manifest of the published package: https://github.com/webcomponents/custom-elements-manifest */
  readonly manifest: Package;
}

/**
 * Reads the published custom elements of a source folder.
 *
 * @param entries names of the published modules of `source`.
 * @param folder the folder of the package that contains the published modules.
 * @throws Error if the code has an attribute or an event that the doc comment does not describe.
 */
export function analyzeElements(source: string, entries: readonly string[], folder: string): Analyzed {
  const paths = globSync("**/*.ts", { cwd: source, exclude: ["**/*.test.ts"] }).toSorted();
  const texts = new Map(paths.map((path) => [path, readFileSync(join(source, path), "utf8")]));
  const modules = paths.map((path) => ts.createSourceFile(path, texts.get(path) ?? "", ts.ScriptTarget.ES2023, true));
  const analyzed = create({ modules, plugins: [...litPlugin(), definitionsByDefineOnce] });
  const exported = exportedBy(analyzed, entries);
  const published = new Set([...exported.values()].flat());
  const elements = analyzed.modules.flatMap(({ path, declarations = [] }) =>
    declarations
      .filter(isElement)
      .filter(({ name }) => published.has(name))
      .map((declaration) => asDocumented(declaration, texts.get(path) ?? "")),
  );
  return { elements, exported, manifest: manifestOf(analyzed, elements, exported, folder) };
}

function exportedBy({ modules }: Package, entries: readonly string[]): Exported {
  const seen = new Set<string>();
  return new Map(
    entries.map((entry) => {
      const { exports = [] } = modules.find(({ path }) => path === `${entry}.ts`) ?? {};
      const names = exports.filter(({ kind, name }) => kind === "js" && !seen.has(name)).map(({ name }) => name);
      for (const name of names) seen.add(name);
      return [entry, names];
    }),
  );
}

function isElement(declaration: object): declaration is Element {
  return "tagName" in declaration && typeof declaration.tagName === "string";
}

function asDocumented(element: Element, text: string): Element {
  const types = new Map(
    [...text.matchAll(/@attr \{(.+?)\} ([\w-]+)/g)].map(([, type = "", name = ""]) => [name, type]),
  );
  const attributes = element.attributes.map((attribute) => {
    const type = types.get(attribute.name);
    if (type === undefined || !attribute.description) throw new Error(`@attr ${attribute.name} is not described.`);
    return { ...attribute, type: { text: type.replaceAll(/\s*\|\s*/g, " | ") } };
  });
  return {
    ...element,
    attributes,
    // The analyzer also reports the first constructor argument of every event as an event name.
    events: element.events.filter(({ description }) => description),
    members: (element.members ?? []).filter(
      ({ privacy = "public", static: isStatic }) => privacy === "public" && isStatic !== true,
    ),
  };
}

/** Returns the manifest of the modules that can be imported. The source modules are not published. */
function manifestOf(
  { schemaVersion, modules }: Package,
  elements: readonly Element[],
  exported: Exported,
  folder: string,
): Package {
  const placeOf = (entry: string) => `${folder}/${entry}.js`;
  const places = new Map([...exported].flatMap(([entry, names]) => names.map((name) => [name, placeOf(entry)])));
  return {
    schemaVersion,
    modules: [...exported].map(([entry, names]) => {
      const module = placeOf(entry);
      const declarations = elements.filter(({ name }) => names.includes(name));
      const definitions = (modules.find(({ path }) => path === `${entry}.ts`)?.exports ?? []).filter(
        ({ kind }) => kind === "custom-element-definition",
      );
      return {
        kind: "javascript-module",
        path: module,
        declarations,
        exports: [
          ...declarations.map(({ name }) => ({ kind: "js" as const, name, declaration: { name, module } })),
          ...definitions.map(({ name: tagName, declaration: { name } }) => ({
            kind: "custom-element-definition" as const,
            name: tagName,
            declaration: { name, module: places.get(name) ?? module },
          })),
        ],
      };
    }),
  };
}
