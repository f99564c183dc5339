import { transform } from "lightningcss";
import type { Plugin } from "vite";

/** Minifies the style sheets. Bundlers do not change template literals. */
export function minifyStyles(): Plugin {
  return {
    name: "minify-styles",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith(".styles.ts")) return null;
      return code.replace(/(?<=(?:unsafeCSS\(| styles = )`)[^`]*/g, (sheet) => {
        const { code: minified } = transform({ filename: id, code: Buffer.from(sheet), minify: true });
        return minified.toString().replaceAll("\\", "\\\\");
      });
    },
  };
}
