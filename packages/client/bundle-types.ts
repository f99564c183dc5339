import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import type { Plugin } from "vite";

/**
 * Adds type declarations to a bundle. Inlines the types of core, which is not published.
 *
 * @param fileNames one for each format, since TypeScript distinguishes them by extension: `.d.ts`, `.d.cts` for
 *   CommonJS.
 */
export function bundleTypes(entry: string, fileNames: readonly string[], tsconfig = "tsconfig.json"): Plugin {
  return {
    name: "bundle-types",
    async generateBundle({ format }) {
      // Vite calls this for each format; the types are bundled once.
      if (format !== "es") return;
      const types = dts({ tsconfig, includeExternal: ["@qonto-pay/core"] });
      await using bundle = await rollup({ input: entry, plugins: [types] });
      const { output } = await bundle.generate({ format: "es" });
      for (const fileName of fileNames) this.emitFile({ type: "asset", fileName, source: output[0].code });
    },
  };
}
