import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import type { Plugin } from "vite";

/** Adds the declarations to a bundle as one file, with what they name of core inside: core itself is not published. */
export function bundleTypes(entry: string, fileName: string, tsconfig = "tsconfig.json"): Plugin {
  return {
    name: "bundle-types",
    async generateBundle() {
      const types = dts({ tsconfig, includeExternal: ["@qonto-pay/core"] });
      await using bundle = await rollup({ input: entry, plugins: [types] });
      const { output } = await bundle.generate({ format: "es" });
      this.emitFile({ type: "asset", fileName, source: output[0].code });
    },
  };
}
