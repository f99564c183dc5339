import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { analyzeElements } from "./analyze-elements.ts";
import { reactTypes } from "./react-types.ts";
import { svelteTypes } from "./svelte-types.ts";
import { vscodeHtmlData } from "./vscode-html-data.ts";
import { vueTypes } from "./vue-types.ts";
import { webTypes } from "./web-types.ts";

const SOURCE = fileURLToPath(new URL("../src", import.meta.url));
const PACKAGE = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  readonly name: string;
  readonly version: string;
};

/** Generates the manifest, the editors' data and the framework types from the doc comments of the element classes. */
export function describeElements(entries: readonly string[], published: string): Plugin {
  return {
    name: "describe-elements",
    generateBundle() {
      const analyzed = analyzeElements(SOURCE, entries, published);
      const { elements, manifest } = analyzed;
      const files: Readonly<Record<string, string>> = {
        "custom-elements.json": json(manifest),
        "vscode.html-custom-data.json": json(vscodeHtmlData(elements)),
        "web-types.json": json(webTypes(elements, PACKAGE.name, PACKAGE.version)),
        "react.d.ts": reactTypes(analyzed),
        "vue.d.ts": vueTypes(analyzed),
        "svelte.d.ts": svelteTypes(analyzed),
        ...Object.fromEntries(["react", "vue", "svelte"].map((name) => [`${name}.js`, REGISTERS])),
      };
      for (const [fileName, source] of Object.entries(files)) this.emitFile({ type: "asset", fileName, source });
    },
  };
}

/** The JavaScript module next to the types of a framework. */
const REGISTERS = 'export * from "./define.js";\n';

function json(value: object): string {
  return `${JSON.stringify(value, null, 1)}\n`;
}
