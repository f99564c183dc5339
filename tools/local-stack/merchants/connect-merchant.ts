import { allowOrigins } from "./allow-origins.ts";
import { replaceProducts, type ProductToSell } from "./replace-products.ts";
import { walkOnboarding } from "../onboarding/walk-onboarding.ts";
import { WorkerApi } from "./worker-api.ts";

/** A merchant for local work. */
export interface LocalMerchant {
  readonly name: string;
  readonly products: readonly ProductToSell[];
}

export interface ConnectTarget {
  readonly workerUrl: string;
  readonly shopUrl: string;
  readonly adminKey: string;
  /** Origins of pages that may accept payments, in addition to the shop's own. */
  readonly origins?: readonly string[];
}

/** Response of `POST /v1/merchants`. */
export interface CreatedMerchant {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly connect_url: string;
}

/**
 * The origins at which `examples/` are served according to their documents, so that they work beside a running `start`.
 */
const EXAMPLES_ORIGIN = "http://localhost:5180";

/**
 * Constant, so that every start gets the same keys: the Worker derives them from this key and its own secret, which
 * differs for each state folder.
 */
const IDEMPOTENCY_KEY = "local-stack";

/**
 * Creates or finds a merchant whose shop sells exactly these products and whose Qonto is connected: missing parts are
 * created, existing parts stay.
 *
 * @throws RefusedCall if the Worker rejects a call; Error if a page does not lead to the next one.
 */
export async function connectMerchant(
  { name, products }: LocalMerchant,
  { workerUrl, shopUrl, adminKey, origins = [] }: ConnectTarget,
): Promise<CreatedMerchant> {
  const admin = new WorkerApi(workerUrl, adminKey);
  // Origins are set afterwards: they change with the shop's port, and only an identical request finds the merchant
  // again.
  const request = { body: { name, allowed_origins: [] }, idempotencyKey: IDEMPOTENCY_KEY };
  const created = await admin.call<CreatedMerchant>("POST", "merchants", request);
  const merchant = new WorkerApi(workerUrl, created.secret_key);
  const own = [shopUrl, shopUrl.replace("localhost", "127.0.0.1"), EXAMPLES_ORIGIN];
  const whose = { workerUrl, merchant: name, publishableKey: created.publishable_key };
  await Promise.all([
    allowOrigins(admin, whose, [...new Set([...own, ...origins])]),
    replaceProducts(merchant, products),
    walkOnboarding(created.connect_url),
  ]);
  // The Worker's own pages use the last known state if Qonto does not answer.
  await merchant.call("GET", "connection");
  return created;
}
