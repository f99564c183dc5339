import { defineConfig } from "vitest/config";

export default defineConfig({
  // The packages of this repository are their sources, not what was built of them.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // One start of the product takes half a minute where others use the machine as well: how long is no finding.
  test: {
    include: ["*.test.ts"],
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
