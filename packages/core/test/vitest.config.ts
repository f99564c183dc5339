import { defineConfig } from "vitest/config";

export default defineConfig({
  // Properties take seconds of the processor, and more if other programs use it as well: a slow run is not a failure.
  test: { include: ["**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, isolate: false },
});
