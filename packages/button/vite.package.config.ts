import { defineConfig } from "vite";
import { minifyStyles } from "./minify-styles.ts";
import { packageTypes } from "./package-types.ts";

const ENTRIES = ["index", "define"];

/** What npm gets: modules that leave Lit to the shop's own bundler, and their types. */
export default defineConfig({
  plugins: [minifyStyles(), packageTypes(ENTRIES)],
  publicDir: false,
  build: {
    target: "es2022",
    outDir: "package/dist",
    minify: false,
    lib: { entry: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])), formats: ["es"] },
    rolldownOptions: { external: /^lit/, output: { chunkFileNames: "qonto-pay-button.js" } },
  },
});
