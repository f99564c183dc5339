import { defineConfig } from "vitest/config";

/** What takes a page of its own: headers, the browser's own tools, pictures. All else is tested by web-test-runner. */
export default defineConfig({
  // Nothing here is a promise of time: a busy machine makes everything longer.
  test: {
    include: ["pages/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
