import { type ConnectLink, QontoPay, QontoPayAdmin, type SecretKeyCreated } from "../../src/index.ts";

/** Who may do what: what must not compile, each beside what must. It is never run: the types check is its test. */

declare const qontoPay: QontoPay;
declare const admin: QontoPayAdmin;
const endpoint = "https://pay.shop.example";
const allowed_origins = ["https://shop.example"];
const once = { idempotencyKey: "make-shop" };

/** Each client takes the key of its own kind, and the settings are the same. */
export const clients: readonly unknown[] = [
  new QontoPay({ secretKey: "sk_live_shop_local_only", endpoint, timeoutMs: 5_000, maxRetries: 1 }),
  new QontoPayAdmin({ adminKey: "local-only", endpoint, timeoutMs: 5_000, maxRetries: 1, fetch }),
  // @ts-expect-error: a merchant's key is not the deployment's
  new QontoPayAdmin({ secretKey: "sk_live_shop_local_only", endpoint }),
  // @ts-expect-error: the deployment's key is not a merchant's
  new QontoPay({ adminKey: "local-only", endpoint }),
  // @ts-expect-error: it has to be said where the Worker is
  new QontoPayAdmin({ adminKey: "local-only" }),
];

/** A shop makes no merchants, and who makes them takes no payments. */
export const calls: readonly unknown[] = [
  // @ts-expect-error: not by secret key
  qontoPay.merchants,
  // @ts-expect-error: not by admin key
  admin.checkouts,
  // @ts-expect-error: a merchant is examined by its own key
  admin.diagnostics,
  // @ts-expect-error: there is nothing to ask for
  qontoPay.diagnostics.run({ verbose: true }),
];

/** Every call can be repeated under an `Idempotency-Key`. */
export const requests: readonly unknown[] = [
  admin.merchants.create({ name: "shop", allowed_origins }, once),
  // @ts-expect-error: it has to be said whose pages may pay
  admin.merchants.create({ name: "shop" }),
  // @ts-expect-error: keys are made by the Worker
  admin.merchants.create({ name: "shop", allowed_origins, secret_key: "sk_live_shop_local_only" }),
  admin.merchants.update("shop", { allowed_origins }),
  // @ts-expect-error: a name never changes
  admin.merchants.update("shop", { allowed_origins, name: "bakery" }),
  admin.merchants.update("shop", { allowed_origins }, once),
  admin.merchants.createConnectLink("shop", once),
  admin.merchants.replaceKeys("shop", { webhook_endpoints: "disable" }, once),
  // @ts-expect-error: endpoints are enabled by the merchant
  admin.merchants.replaceKeys("shop", { webhook_endpoints: "enable" }),
  admin.merchants.disconnect("shop", once),
  // @ts-expect-error: it has to be said of whom
  admin.merchants.disconnect(),
];

/** Answers are told field by field. */
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
    // @ts-expect-error: only links of their own tell it
    made.expires_at,
  ];
}
