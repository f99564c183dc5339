import { defineConfig } from "vite";
import { describeElements } from "./elements/describe-elements.ts";
import { minifyStyles } from "./minify-styles.ts";
import { packageTypes } from "./package-types.ts";

const ENTRIES = ["index", "define", "define-status"];
const FOLDER = "package/dist";

/** Builds the npm package: modules that import Lit for the shop's own bundler, their types, and the editors' data. */
export default defineConfig({
  plugins: [minifyStyles(), packageTypes(ENTRIES), describeElements(ENTRIES, FOLDER)],
  build: {
    target: "es2022",
    outDir: FOLDER,
    minify: false,
    lib: { entry: Object.fromEntries(ENTRIES.map((name) => [name, `src/${name}.ts`])), formats: ["es"] },
    rolldownOptions: { external: /^lit/, output: { chunkFileNames: "chunks/[name].js" } },
  },
});
