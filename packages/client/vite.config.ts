import { defineConfig } from "vite";
import { bundleTypes } from "./bundle-types.ts";

/** What npm gets: one module that needs nothing but what every runtime has, and its types. */
export default defineConfig({
  plugins: [bundleTypes("src/index.ts", "index.d.ts")],
  publicDir: false,
  build: {
    target: "es2022",
    emptyOutDir: false,
    minify: false,
    reportCompressedSize: false,
    lib: { entry: "src/index.ts", formats: ["es"], fileName: () => "index.js" },
  },
});
