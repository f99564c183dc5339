import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { bundleTypes } from "../../client/bundle-types.ts";
import manifest from "../package.json" with { type: "json" };

/** Packages that the shop installs: the plugin must use the shop's own Vendure. */
const INSTALLED = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)];

/** Builds the package for npm: one module and its types. */
export default defineConfig({
  plugins: [bundleTypes("../src/index.ts", ["index.d.ts"], "../tsconfig.json")],
  publicDir: false,
  root: fileURLToPath(new URL(".", import.meta.url)),
  build: {
    target: "es2022",
    outDir: "../dist",
    emptyOutDir: false,
    minify: false,
    reportCompressedSize: false,
    lib: { entry: "../src/index.ts", formats: ["es"], fileName: () => "index.js" },
    rolldownOptions: {
      external: (id) => id.startsWith("node:") || INSTALLED.some((name) => id === name || id.startsWith(`${name}/`)),
    },
  },
});
