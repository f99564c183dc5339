import { defineConfig } from "vitest/config";

export default defineConfig({
  // One start of the product takes half a minute where others use the machine as well: how long is no finding.
  test: {
    include: ["*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
