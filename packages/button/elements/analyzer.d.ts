/** As much of the analyzer as is used here: its own types describe plugins only. */
declare module "@custom-elements-manifest/analyzer" {
  import type { Package } from "custom-elements-manifest/schema.d.ts";

  /** @param modules source files as `ts` makes them. */
  export function create(options: { modules: readonly object[]; plugins: readonly object[] }): Package;

  /** The compiler's API, of the version that the analyzer reads syntax trees of. */
  export const ts: {
    createSourceFile(path: string, text: string, target: number, hasParents: boolean): object;
    readonly ScriptTarget: { readonly ES2023: number };
  };
}

declare module "@custom-elements-manifest/analyzer/src/features/framework-plugins/lit/lit.js" {
  export function litPlugin(): readonly object[];
}
