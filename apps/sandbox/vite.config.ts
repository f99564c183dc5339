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
  test: {
    // Webhook retries take real seconds, and a busy machine makes everything longer.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Most of that time is spent waiting, so more files than processors can be under way.
    maxWorkers: 3,
  },
});
