import { defineConfig } from "vitest/config";

export default defineConfig({
  // The packages of this repository are their sources, not what was built of them.
  plugins: [{ name: "sources", configEnvironment: () => ({ resolve: { conditions: ["@qonto-pay/source"] } }) }],
  // The plugin takes Vendure from the shop that it is in, here this folder.
  resolve: { dedupe: ["@nestjs/common", "@nestjs/graphql", "@vendure/common", "@vendure/core", "graphql", "typeorm"] },
  test: {
    globalSetup: ["./setup/start-worker.ts"],
    include: ["*.test.ts"],
    // One Worker and one sandbox serve all files.
    fileParallelism: false,
    // Vendure takes seconds to load: once for all files, each of which starts and stops shops of its own.
    isolate: false,
    // Nothing here is a promise of time: a busy machine makes everything longer.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 30_000 } },
    env: { VENDURE_DISABLE_TELEMETRY: "true" },
  },
});
