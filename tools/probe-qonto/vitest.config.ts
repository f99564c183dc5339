import { defineConfig } from "vitest/config";

export default defineConfig({
  // The packages of this repository are their sources, not what was built of them.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  test: { include: ["*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000 },
});
