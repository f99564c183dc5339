import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["*.test.ts"], globalSetup: ["./install-packed.ts"], testTimeout: 60_000, hookTimeout: 60_000 },
});
