import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Tests that must pass on every runtime run in Node and in workerd. */
const EVERYWHERE = "test/runtimes/*.test.ts";

export default defineConfig({
  // Resolves the packages of this repository to their sources instead of their builds.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  test: {
    globalSetup: ["./test/setup/start-worker.ts"],
    // All files share one Worker and one sandbox, and some inject faults into the sandbox.
    fileParallelism: false,
    // Isolation costs a second for each file, more than most tests take.
    isolate: false,
    // Generous, because a busy machine makes every test slower.
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
