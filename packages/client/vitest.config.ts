import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** What has to be the same on every runtime runs in Node and in workerd. */
const EVERYWHERE = "test/runtimes/*.test.ts";

export default defineConfig({
  // The packages of this repository are their sources, not what was built of them.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  test: {
    globalSetup: ["./test/setup/start-worker.ts"],
    // One Worker and one sandbox serve all files, and the sandbox has faults.
    fileParallelism: false,
    // A file takes a second to start, which is more than most of their tests take.
    isolate: false,
    // Nothing here is a promise of time: a busy machine makes everything longer.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "node",
          include: [EVERYWHERE, "test/node/*.test.ts"],
          provide: { runtime: "Node.js" },
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        plugins: [cloudflareTest({ miniflare: { compatibilityDate: "2026-10-12" } })],
        test: {
          name: "workerd",
          include: [EVERYWHERE],
          provide: { runtime: "Cloudflare-Workers" },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
