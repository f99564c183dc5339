import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import type { Plugin } from "vite";

/**
 * Adds the declarations to a bundle, with what they name of core inside: core itself is not published.
 *
 * @param fileNames one for each format, since TypeScript goes by the ending: `.d.ts`, and `.d.cts` for CommonJS.
 */
export function bundleTypes(entry: string, fileNames: readonly string[], tsconfig = "tsconfig.json"): Plugin {
  return {
    name: "bundle-types",
    async generateBundle({ format }) {
      // Once, and not for each format.
      if (format !== "es") return;
      const types = dts({ tsconfig, includeExternal: ["@qonto-pay/core"] });
      await using bundle = await rollup({ input: entry, plugins: [types] });
      const { output } = await bundle.generate({ format: "es" });
      for (const fileName of fileNames) this.emitFile({ type: "asset", fileName, source: output[0].code });
    },
  };
}
