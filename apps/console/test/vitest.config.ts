import { defineConfig } from "vitest/config";

export default defineConfig({
  // Imports of this repository's packages resolve to their sources, not to their builds.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // All files share one browser and one product. A slow machine is not a failure.
  test: {
    include: ["*.test.ts"],
    fileParallelism: false,
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
