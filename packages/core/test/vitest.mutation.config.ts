import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/**
 * The money tests for mutation testing, which runs them hundreds of times: fewer random cases, a fixed seed so that
 * every mutant gets the same cases, and without the run over thousands of prices.
 */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL(".", import.meta.url)),
    include: ["money/**/*.test.ts"],
    env: { MONEY_RUNS: "80", MONEY_SEED: "1" },
    testNamePattern: /^(?!an inclusive price )/,
  },
});
