import { transform } from "lightningcss";
import type { Plugin } from "vite";

/** Takes out of the style sheets what only their readers need: a bundler leaves template literals as they are. */
export function minifyStyles(): Plugin {
  return {
    name: "minify-styles",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".styles.ts")) return null;
      return code.replace(/(?<=unsafeCSS\(`)[^`]*/g, (sheet) => {
        const { code: minified } = transform({ filename: id, code: Buffer.from(sheet), minify: true });
        return minified.toString().replaceAll("\\", "\\\\");
      });
    },
  };
}
