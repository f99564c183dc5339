import { defineConfig } from "vitest/config";

export default defineConfig({
  // Packages of this repository resolve to their sources, not to their builds.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  test: { include: ["*.test.ts"], testTimeout: 180_000, hookTimeout: 180_000 },
});
