import { defineConfig } from "vitest/config";

export default defineConfig({
  // Imports the sources of this repository's packages, not their builds.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // Long timeouts, since no test measures time and a busy machine slows everything down.
  test: { include: ["*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } },
});
