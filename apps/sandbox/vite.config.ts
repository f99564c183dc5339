import { defineConfig } from "vite";

/** Bundles the command into one file that needs nothing but Node. */
export default defineConfig({
  build: {
    ssr: "src/cli.ts",
    outDir: "dist",
    emptyOutDir: false,
    target: "node20",
    rollupOptions: { output: { entryFileNames: "qonto-sandbox.js" } },
  },
  ssr: { noExternal: true },
});
