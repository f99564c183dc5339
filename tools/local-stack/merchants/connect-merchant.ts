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
  /** Of pages that may pay beside the shop's own. */
  readonly origins?: readonly string[];
}

/** The answer of `POST /v1/merchants`. */
export interface CreatedMerchant {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly connect_url: string;
}

/** Where `examples/` say that they are served, so that they can be tried beside a running start. */
const EXAMPLES_ORIGIN = "http://localhost:5180";

/**
 * Constant, so that every start gets the same keys: the Worker derives them from this and its own secret, of which each
 * state folder has another one.
 */
const IDEMPOTENCY_KEY = "local-stack";

/**
 * Makes a merchant, or finds it again, whose shop sells exactly these products and whose Qonto is connected: whatever is
 * missing is done, and what is there stays.
 *
 * @throws RefusedCall where the Worker refuses; Error where a page does not lead on.
 */
export async function connectMerchant(
  { name, products }: LocalMerchant,
  { workerUrl, shopUrl, adminKey, origins = [] }: ConnectTarget,
): Promise<CreatedMerchant> {
  const admin = new WorkerApi(workerUrl, adminKey);
  // Origins come afterwards: they change with the shop's port, and the same request is what finds the merchant again.
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
  // Our own pages go by what was known last where Qonto does not answer.
  await merchant.call("GET", "connection");
  return created;
}
