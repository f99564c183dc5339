import { defineConfig } from "vitest/config";

export default defineConfig({
  // Properties take seconds of the processor, and more where others use it as well: how long is no finding.
  test: { include: ["**/*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, isolate: false },
});
