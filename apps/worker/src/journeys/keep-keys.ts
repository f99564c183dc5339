import type { SecretKeyCreated, SecretKeyList } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { recordOfKey, secretKeyOf } from "../merchant/secret-key.ts";
import { randomSecret } from "../security/random-secret.ts";
import type { ServerCall } from "./server-call.ts";

/** One in use, and one to take its place. */
const MOST_KEYS = 2;

export function listKeys(merchant: Merchant, _nothing: null): SecretKeyList {
  return { keys: merchant.secretKeys.list() };
}

/** Makes another secret key, told this once. @throws Failure `key_limit`. */
export async function createKey(merchant: Merchant, _nothing: null): Promise<SecretKeyCreated> {
  const secretKey = secretKeyOf(merchant, randomSecret());
  const key = await recordOfKey(merchant, secretKey);
  if (merchant.secretKeys.list().length >= MOST_KEYS) throw new Failure("key_limit");
  const now = Date.now();
  merchant.secretKeys.add(key, now);
  return { id: key.id, secret_key: secretKey, ends_with: key.endsWith, created_at: new Date(now).toISOString() };
}

/** Ends a secret key at once. @throws Failure `key_not_found`; `key_in_use` for the very key of this call. */
export function revokeKey(merchant: Merchant, { id }: { readonly id: string }, { keyId }: ServerCall): SecretKeyList {
  if (id === keyId) throw new Failure("key_in_use");
  if (!merchant.secretKeys.remove(id)) throw new Failure("key_not_found");
  return listKeys(merchant, null);
}
