import { fileURLToPath } from "node:url";
import type { UserConfig } from "vite";
import { leanLit } from "./lean-lit.ts";
import { minifyStyles } from "./minify-styles.ts";

/**
 * How the script of a script tag is built: whole but for what it loads when that is needed.
 *
 * @param entry module that registers the element.
 * @param name of the script.
 * @param emptyOutDir whether this is the first script that is built.
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
      // The licences of what is bundled go where it goes.
      license: { fileName: `${name}.notices.md` },
      lib: { entry, formats: ["es"], fileName: () => `${name}.js` },
      rolldownOptions: {
        // Lit's entry imports its template engine, which the elements do without.
        treeshake: { moduleSideEffects: (id) => !/lit-html|lit-element/.test(id) },
        output: {
          // Left to itself, a library build keeps the white space of ES modules.
          minify: true,
          // What they tell bundlers is of no use behind this one.
          comments: false,
          // Named by content, so that it may be kept for ever. Relative to the entry, wherever that is served.
          chunkFileNames: "qonto-pay-chunks/[name]-[hash].js",
        },
      },
    },
  };
}
