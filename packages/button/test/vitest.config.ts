import { defineConfig } from "vitest/config";

/** For tests that need their own page: headers, DevTools, pictures. web-test-runner runs all other tests. */
export default defineConfig({
  // Long timeouts, since no test measures time and a busy machine slows everything down.
  test: {
    include: ["bench/*.test.ts", "pages/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
