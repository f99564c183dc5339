import { defineConfig } from "vitest/config";

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
  // Webhook retries take real seconds, and a busy machine makes them longer.
  test: { testTimeout: 20_000, hookTimeout: 20_000 },
});
