import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    // Webhook retries take real seconds, and a busy machine slows everything down.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Most of that time is waiting, so more files than processors can run at once.
    maxWorkers: 3,
    // Starting a file takes a second; each has its own sandbox.
    isolate: false,
  },
});
