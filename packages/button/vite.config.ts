import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";
import { minifyStyles } from "./minify-styles.ts";

/** The whole first load, Lit included, as a CDN sends it. */
const BUDGET_BYTES = 8200;

function firstLoadBudget(): Plugin {
  return {
    name: "first-load-budget",
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        if (output.type !== "chunk") continue;
        const bytes = brotliCompressSync(output.code).byteLength;
        this.info(`${output.fileName}: ${bytes} B brotli of ${BUDGET_BYTES} B`);
        if (output.isEntry && bytes > BUDGET_BYTES) this.error(`${output.fileName} is over its budget.`);
      }
    },
  };
}

export default defineConfig({
  plugins: [minifyStyles(), firstLoadBudget()],
  resolve: {
    alias: [{ find: "./css-tag.js", replacement: fileURLToPath(new URL("adopted-styles.ts", import.meta.url)) }],
  },
  build: {
    target: "es2022",
    emptyOutDir: false,
    reportCompressedSize: false,
    lib: { entry: "src/define.ts", formats: ["es"], fileName: () => "qonto-pay-button.js" },
    rolldownOptions: {
      // Lit's entry imports its template engine, which the button does without.
      treeshake: { moduleSideEffects: (id) => !/lit-html|lit-element/.test(id) },
      // Left to itself, a library build keeps the white space of ES modules.
      output: { minify: true },
    },
  },
});
