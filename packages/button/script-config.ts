import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";
import { leanLit } from "./lean-lit.ts";
import { minifyStyles } from "./minify-styles.ts";

/**
 * Returns the build configuration of a script for the script tag: one file, plus chunks that it loads when needed.
 *
 * @param entry the module that registers the element.
 * @param name the name of the script.
 * @param emptyOutDir whether this script is built first.
 */
export function scriptConfig(entry: string, name: string, emptyOutDir: boolean): UserConfig {
  return {
    plugins: [leanLit(), minifyStyles()],
    resolve: {
      alias: [{ find: "./css-tag.js", replacement: fileURLToPath(new URL("adopted-styles.ts", import.meta.url)) }],
    },
    build: {
      target: "es2022",
      outDir: "dist/script",
      emptyOutDir,
      reportCompressedSize: false,
      // The licences of bundled packages are published with the script.
      license: { fileName: `${name}.notices.md` },
      lib: { entry, formats: ["es"], fileName: () => `${name}.js` },
      rolldownOptions: {
        // Lit's entry imports its template engine, which the elements do not use.
        treeshake: { moduleSideEffects: (id) => !/lit-html|lit-element/.test(id) },
        output: {
          // By default, a library build keeps the white space of ES modules.
          minify: true,
          // The annotations for bundlers have no use after this build.
          comments: false,
          // Most functions run on load. Chromium then compiles all of them at once, beside the page's main thread, instead
          // of each one at its first call: https://github.com/WICG/explicit-javascript-compile-hints-file-based
          postBanner: ({ isEntry }) => (isEntry ? "//# allFunctionsCalledOnLoad" : ""),
          // The name contains a content hash, so that chunks can be cached forever. Relative to the entry.
          chunkFileNames: "qonto-pay-chunks/[name]-[hash].js",
        },
      },
    },
  };
}
