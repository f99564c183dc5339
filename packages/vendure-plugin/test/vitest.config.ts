import { defineConfig } from "vitest/config";

export default defineConfig({
  // Resolves the packages of this repository to their sources instead of their builds.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // The plugin imports Vendure from the shop that has installed it, here this folder.
  resolve: { dedupe: ["@nestjs/common", "@nestjs/graphql", "@vendure/common", "@vendure/core", "graphql", "typeorm"] },
  test: {
    globalSetup: ["./setup/start-worker.ts"],
    include: ["*.test.ts"],
    // All files share one Worker and one sandbox.
    fileParallelism: false,
    // Loads Vendure, which takes seconds, once for all files. Each file starts and stops its own shops.
    isolate: false,
    // Generous, because a busy machine makes every test slower.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    env: { VENDURE_DISABLE_TELEMETRY: "true" },
  },
});
