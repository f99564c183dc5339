import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["./test/setup/start-worker.ts"],
    include: ["test/*.test.ts"],
    // One Worker and one sandbox serve all files.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { VENDURE_DISABLE_TELEMETRY: "true" },
  },
});
