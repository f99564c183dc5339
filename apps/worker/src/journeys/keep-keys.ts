import type { SecretKeyCreated, SecretKeyList } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { toBase64Url } from "../security/base64url.ts";
import { digestOf } from "../security/digest.ts";
import { randomId } from "../security/random-id.ts";
import type { ServerCall } from "./server-call.ts";

/** One in use, and one to take its place. */
const MOST_KEYS = 2;

export function listKeys(merchant: Merchant, _nothing: null): SecretKeyList {
  return { keys: merchant.secretKeys.list() };
}

/** Makes another secret key, told this once. @throws Failure `key_limit`. */
export async function createKey(merchant: Merchant, _nothing: null): Promise<SecretKeyCreated> {
  const random = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const secretKey = `sk_${merchant.config.environment}_${merchant.name}_${random}`;
  const hash = await digestOf(secretKey);
  if (merchant.secretKeys.list().length >= MOST_KEYS) throw new Failure("key_limit");
  const id = randomId("key");
  const now = Date.now();
  const endsWith = secretKey.slice(-4);
  merchant.secretKeys.add({ id, hash, endsWith }, now);
  return { id, secret_key: secretKey, ends_with: endsWith, created_at: new Date(now).toISOString() };
}

/** Ends a secret key at once. @throws Failure `key_not_found`; `key_in_use` for the very key of this call. */
export function revokeKey(merchant: Merchant, { id }: { readonly id: string }, { keyId }: ServerCall): SecretKeyList {
  if (id === keyId) throw new Failure("key_in_use");
  if (!merchant.secretKeys.remove(id)) throw new Failure("key_not_found");
  return listKeys(merchant, null);
}
