import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/**
 * Settings of the Worker under test. The sandbox's address is known only after it has started: see `global-setup.ts`.
 */
export default defineConfig({
  plugins: [
    cloudflareTest(async ({ inject }) => {
      const sandbox = new URL(inject("sandboxUrl"));
      return {
        wrangler: { configPath: "../wrangler.jsonc" },
        miniflare: {
          bindings: {
            QONTO_API_URL: sandbox.origin,
            QONTO_OAUTH_URL: sandbox.origin,
            QONTO_PAY_HOSTS: sandbox.host,
            QONTO_PROVIDER_HOSTS: sandbox.host,
            WORKER_URL: "http://localhost:8787",
            QONTO_CLIENT_ID: "sandbox-client",
            QONTO_CLIENT_SECRET: "sandbox-secret",
            QONTO_STAGING_TOKEN: "sandbox-staging-token",
            VAULT_KEY: btoa("0123456789abcdef0123456789abcdef"),
            ADMIN_KEY: "admin-key-of-the-tests-0123456789abcdef",
            // The tests of a full storage fill it.
            STORAGE_LIMIT_BYTES: "100000000",
            SHOP_SERVER_URL: inject("shopServerUrl"),
            SHOP_SERVER_IPV6_PORT: inject("shopServerIpv6Port"),
            // Not settings of the Worker: the number of requests in `generated-requests.test.ts`, of webhooks that
            // `webhook-orders.test.ts` sends in every order, and of carts that `learned-rounding.test.ts` buys for each
            // policy.
            GENERATED_REQUESTS: process.env["GENERATED_REQUESTS"] ?? "500",
            WEBHOOKS_IN_ORDER: process.env["WEBHOOKS_IN_ORDER"] ?? "4",
            ROUNDED_CARTS: process.env["ROUNDED_CARTS"] ?? "6",
          },
        },
      };
    }),
  ],
  // The tests compare the Worker with the documentation of its routes.
  define: { WITH_DOCS: "true" },
  test: {
    include: ["**/*.test.ts"],
    globalSetup: ["./global-setup.ts"],
    // One sandbox serves all files, and each test resets it.
    fileParallelism: false,
    // A file takes a second to start, which is more than most of its tests take. The files share the Worker's modules,
    // which hold no data of merchants.
    isolate: false,
    // The limits are not promises of time: a busy machine makes everything slower.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The request lines of the Worker are read in `context/log.test.ts`; elsewhere they would bury the results.
    silent: "passed-only",
  },
});
