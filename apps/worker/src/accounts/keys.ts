import type {
  PageQuery,
  ReplaceKeysRequest,
  SecretKeyCreated,
  SecretKeyInfo,
  SecretKeyPage,
} from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordOfKey, secretKeyOf } from "./secret-key.ts";
import { deriveSecret } from "../crypto/derive-secret.ts";
import type { NewSecretKey } from "../storage/secret-keys.ts";
import type { AdminCall } from "../idempotency/admin-call.ts";
import { pageOfWhole } from "../context/list-page.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import { requireActive } from "./require-active.ts";

/** One in use, and one to replace it. */
const MOST_KEYS = 2;

const SIGNED_IN_WITH_IT = "You signed in with this key. Sign in with the other one to revoke it.";

/** Lists the secret keys, oldest first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listKeys(merchant: MerchantContext, query: PageQuery): SecretKeyPage {
  return pageOfWhole(merchant.secretKeys.list(), query, "secret key");
}

/**
 * Creates another secret key, which is returned only once.
 *
 * @throws ApiError `key_limit`; `invalid_key` or `invalid_console_session` if the key or the session of this call was
 *   revoked meanwhile.
 */
export async function createKey(
  merchant: MerchantContext,
  _nothing: null,
  call: ServerCall,
): Promise<SecretKeyCreated> {
  const { secretKey, key } = await keyOfAttempt(merchant, call.attemptId);
  const known = madeBefore(merchant, key);
  if (known !== null) return { ...known, secret_key: secretKey };
  // Synchronous with the addition: a thief whose key or session is being revoked must not get another key.
  requireActive(merchant, call);
  if (merchant.secretKeys.list().length >= MOST_KEYS) throw new ApiError("key_limit");
  return add(merchant, secretKey, key);
}

/**
 * Revokes every secret key, ends every session and sign-in link of the console and creates a key: for a merchant whose key was stolen,
 * because the thief can revoke the merchant's own key. Other things that the thief may have left behind stay, except the webhook endpoints if the
 * request disables them.
 */
export async function replaceKeys(
  merchant: MerchantContext,
  { webhook_endpoints: endpoints }: ReplaceKeysRequest,
  { attemptId }: AdminCall,
): Promise<SecretKeyCreated> {
  const { secretKey, key } = await keyOfAttempt(merchant, attemptId);
  const known = madeBefore(merchant, key);
  if (known !== null) return { ...known, secret_key: secretKey };
  for (const { id } of merchant.secretKeys.list()) merchant.secretKeys.remove(id);
  merchant.consoleSessions.removeAll();
  merchant.signInLinks.removeAll();
  if (endpoints === "disable") merchant.webhookEndpoints.disableAll();
  return add(merchant, secretKey, key);
}

/**
 * Revokes a secret key at once, and ends the sessions and sign-in links of the console that were created with it.
 *
 * @throws ApiError `key_not_found`; `key_in_use` for the key of this call.
 */
export function revokeKey(
  merchant: MerchantContext,
  { id }: { readonly id: string },
  { keyId, sessionId }: ServerCall,
): SecretKeyPage {
  if (id === keyId) throw new ApiError("key_in_use", sessionId === null ? {} : { message: SIGNED_IN_WITH_IT });
  if (!merchant.secretKeys.remove(id)) throw new ApiError("key_not_found");
  merchant.consoleSessions.removeOfKey(id);
  merchant.signInLinks.removeOfKey(id);
  return listKeys(merchant, {});
}

/** Returns the same key for a repeated attempt. */
async function keyOfAttempt(
  merchant: MerchantContext,
  attemptId: string,
): Promise<{ readonly secretKey: string; readonly key: NewSecretKey }> {
  const { name, config } = merchant;
  const random = await deriveSecret(config.vaultKeys[0], "secret key of an attempt", `${name}/${attemptId}`);
  const secretKey = await secretKeyOf(merchant, random);
  return { secretKey, key: await recordOfKey(merchant, secretKey) };
}

/** Returns the key that an earlier call of the same attempt created, if the object died before it answered. */
function madeBefore(merchant: MerchantContext, { hash }: NewSecretKey): SecretKeyInfo | null {
  const found = merchant.secretKeys.findByHash(hash);
  return merchant.secretKeys.list().find(({ id }) => id === found) ?? null;
}

function add(merchant: MerchantContext, secretKey: string, key: NewSecretKey): SecretKeyCreated {
  const now = Date.now();
  merchant.secretKeys.add(key, now);
  return { id: key.id, secret_key: secretKey, ends_with: key.endsWith, created_at: new Date(now).toISOString() };
}
