import { defineConfig } from "vite";
import { bundleTypes } from "./bundle-types.ts";

/** Builds the package for npm: for ES modules and CommonJS one file each without dependencies, and its types. */
export default defineConfig({
  plugins: [bundleTypes("src/index.ts", ["index.d.ts", "index.d.cts"])],
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    minify: false,
    reportCompressedSize: false,
    lib: {
      entry: "src/index.ts",
      formats: ["es", "cjs"],
      fileName: (format) => (format === "es" ? "index.js" : "index.cjs"),
    },
  },
});
