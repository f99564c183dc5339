import { type ConnectLink, QontoPay, QontoPayAdmin, type SecretKeyCreated } from "../../src/index.ts";

/**
 * The calls of each client: code that must compile, beside code that must not. It is never run: the type check is the
 * test.
 */

declare const qontoPay: QontoPay;
declare const admin: QontoPayAdmin;
const endpoint = "https://pay.shop.example";
const allowed_origins = ["https://shop.example"];
const once = { idempotencyKey: "make-shop" };

/** Each client takes its own kind of key. The other options are the same. */
export const clients: readonly unknown[] = [
  new QontoPay({ secretKey: "sk_live_shop_local_only", endpoint, timeoutMs: 5_000, maxRetries: 1 }),
  new QontoPayAdmin({ adminKey: "local-only", endpoint, timeoutMs: 5_000, maxRetries: 1, fetch }),
  // @ts-expect-error: a merchant's key is not the deployment's
  new QontoPayAdmin({ secretKey: "sk_live_shop_local_only", endpoint }),
  // @ts-expect-error: the deployment's key is not a merchant's
  new QontoPay({ adminKey: "local-only", endpoint }),
  // @ts-expect-error: endpoint is required
  new QontoPayAdmin({ adminKey: "local-only" }),
];

/** A merchant's client creates no merchants. The operator's client takes no payments. */
export const calls: readonly unknown[] = [
  // @ts-expect-error: not with a secret key
  qontoPay.merchants,
  // @ts-expect-error: not with the admin key
  admin.checkouts,
  // @ts-expect-error: the diagnostics of a merchant need its secret key
  admin.diagnostics,
  // @ts-expect-error: it takes no options
  qontoPay.diagnostics.run({ verbose: true }),
];

/** Every call takes an `idempotencyKey`. */
export const requests: readonly unknown[] = [
  admin.merchants.create({ name: "shop", allowed_origins }, once),
  // @ts-expect-error: allowed_origins is required
  admin.merchants.create({ name: "shop" }),
  // @ts-expect-error: the Worker creates the keys
  admin.merchants.create({ name: "shop", allowed_origins, secret_key: "sk_live_shop_local_only" }),
  admin.merchants.update("shop", { allowed_origins }),
  // @ts-expect-error: a name never changes
  admin.merchants.update("shop", { allowed_origins, name: "bakery" }),
  admin.merchants.update("shop", { allowed_origins }, once),
  admin.merchants.createConnectLink("shop", once),
  admin.merchants.replaceKeys("shop", { webhook_endpoints: "disable" }, once),
  // @ts-expect-error: only the merchant enables endpoints
  admin.merchants.replaceKeys("shop", { webhook_endpoints: "enable" }),
  admin.merchants.disconnect("shop", once),
  // @ts-expect-error: the merchant is required
  admin.merchants.disconnect(),
];

/** Responses have a type for each field. */
export async function readAnswers(): Promise<readonly unknown[]> {
  const { connect_url, expires_at }: ConnectLink = await admin.merchants.createConnectLink("shop");
  const { id, secret_key }: SecretKeyCreated = await admin.merchants.replaceKeys("shop");
  const made = await admin.merchants.create({ name: "shop", allowed_origins });
  return [
    connect_url,
    expires_at,
    id,
    secret_key,
    made.publishable_key,
    // @ts-expect-error: only createConnectLink returns it
    made.expires_at,
  ];
}
