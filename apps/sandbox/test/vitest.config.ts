import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts"],
    // Webhook retries take real seconds, and a busy machine makes everything longer.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // Most of that time is spent waiting, so more files than processors can be under way.
    maxWorkers: 3,
    // A file takes a second to start; each has a sandbox of its own.
    isolate: false,
  },
});
