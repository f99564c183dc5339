import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["./test/setup/start-worker.ts"],
    include: ["test/*.test.ts"],
    // One Worker and one sandbox serve all files.
    fileParallelism: false,
    // Vendure takes seconds to load: once for all files, each of which starts and stops shops of its own.
    isolate: false,
    // Nothing here is a promise of time: a busy machine makes everything longer.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    env: { VENDURE_DISABLE_TELEMETRY: "true" },
  },
});
