/** Types for the part of the analyzer that is used here. The analyzer's own types cover only plugins. */
declare module "@custom-elements-manifest/analyzer" {
  import type { Package } from "custom-elements-manifest/schema.d.ts";

  /** @param modules source files that `ts` parsed. */
  export function create(options: { modules: readonly object[]; plugins: readonly object[] }): Package;

  /** The compiler API, in the version whose syntax trees the analyzer reads. */
  export const ts: {
    createSourceFile(path: string, text: string, target: number, hasParents: boolean): object;
    readonly ScriptTarget: { readonly ES2023: number };
  };
}

declare module "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js" {
  export function litPlugin(): readonly object[];
}
