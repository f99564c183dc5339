import { defineConfig } from "vitest/config";

export default defineConfig({
  // Nothing here is a promise of time: a busy machine makes everything longer.
  test: { include: ["*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } },
});
