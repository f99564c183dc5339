import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { minifyStyles } from "./minify-styles.ts";

export default defineConfig({
  plugins: [minifyStyles()],
  resolve: {
    alias: [{ find: "./css-tag.js", replacement: fileURLToPath(new URL("adopted-styles.ts", import.meta.url)) }],
  },
  build: {
    target: "es2022",
    outDir: "dist/script",
    reportCompressedSize: false,
    lib: { entry: "src/define.ts", formats: ["es"], fileName: () => "qonto-pay-button.js" },
    rolldownOptions: {
      // Lit's entry imports its template engine, which the button does without.
      treeshake: { moduleSideEffects: (id) => !/lit-html|lit-element/.test(id) },
      output: {
        // Left to itself, a library build keeps the white space of ES modules.
        minify: true,
        // Named by content, so that it may be kept for ever. Relative to the entry, wherever that is served.
        chunkFileNames: "qonto-pay-chunks/[name]-[hash].js",
      },
    },
  },
});
