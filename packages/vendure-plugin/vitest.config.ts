import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: ["./test/setup/start-worker.ts"],
    include: ["test/*.test.ts"],
    // One Worker and one sandbox serve all files.
    fileParallelism: false,
    // Vendure takes seconds to load: once for all files, each of which starts and stops shops of its own.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes later where the machine is busy: a second, as is usual, says nothing of the shop then.
    expect: { poll: { timeout: 20_000 } },
    env: { VENDURE_DISABLE_TELEMETRY: "true" },
  },
});
