import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { allowOrigins } from "./allow-origins.ts";
import { replaceProducts, type ProductToSell } from "./replace-products.ts";
import { walkOnboarding } from "../onboarding/walk-onboarding.ts";
import { RefusedCall, WorkerApi } from "./worker-api.ts";

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
  /**
   * Where the secret key is stored that replaces a revoked one. Without it, a merchant whose first secret key was
   * revoked can't be connected.
   */
  readonly keyFile?: string;
}

/** Response of `POST /v1/merchants`. */
export interface CreatedMerchant {
  readonly merchant: string;
  readonly publishable_key: string;
  readonly secret_key: string;
  readonly connect_url: string;
}

export interface ConnectedMerchant extends CreatedMerchant {
  /** Whether the secret key was revoked, so this call has replaced all keys. */
  readonly hasReplacedKeys: boolean;
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
  target: ConnectTarget,
): Promise<ConnectedMerchant> {
  const { workerUrl, shopUrl, adminKey, origins = [] } = target;
  const admin = new WorkerApi(workerUrl, adminKey);
  const created = await createOrFind(admin, name, target);
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

/** Creates or finds the merchant. If its first secret key was revoked, the key is the stored one or a new one. */
async function createOrFind(
  admin: WorkerApi,
  name: string,
  { workerUrl, keyFile }: ConnectTarget,
): Promise<ConnectedMerchant> {
  // Origins are set afterwards: they change with the shop's port, and only an identical request finds the merchant
  // again.
  const request = { body: { name, allowed_origins: [] }, idempotencyKey: IDEMPOTENCY_KEY };
  try {
    return { ...(await admin.call<CreatedMerchant>("POST", "merchants", request)), hasReplacedKeys: false };
  } catch (error) {
    // The Worker derives the first key again, and rejects the request once that key was revoked.
    if (keyFile === undefined || !(error instanceof RefusedCall) || error.code !== "merchant_exists") throw error;
    const stored = existsSync(keyFile) ? readFileSync(keyFile, "utf8") : null;
    const valid = stored !== null && (await isValid(new WorkerApi(workerUrl, stored))) ? stored : null;
    const secret_key = valid ?? (await replaceKeys(admin, name, keyFile));
    const { connect_url } = await admin.call<CreatedMerchant>("POST", `merchants/${name}/connect_link`);
    const publishable_key = `pk_sandbox_${name}`;
    return { merchant: name, publishable_key, secret_key, connect_url, hasReplacedKeys: valid === null };
  }
}

async function isValid(merchant: WorkerApi): Promise<boolean> {
  try {
    await merchant.call("GET", "keys");
    return true;
  } catch (error) {
    if (error instanceof RefusedCall && error.code === "invalid_key") return false;
    throw error;
  }
}

async function replaceKeys(admin: WorkerApi, name: string, keyFile: string): Promise<string> {
  const { secret_key } = await admin.call<{ readonly secret_key: string }>("POST", `merchants/${name}/replace_keys`);
  writeFileSync(keyFile, secret_key, { mode: 0o600 });
  return secret_key;
}
