import { defineConfig } from "vitest/config";

export default defineConfig({
  // The packages of this repository are their sources, not what was built of them.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // Nothing here is a promise of time: a busy machine makes everything longer.
  test: { include: ["*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } },
});
