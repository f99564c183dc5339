import type { CreatedMerchant, CreateMerchantRequest } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireUsableOrigins } from "./require-usable-origins.ts";
import { recordOfKey, secretKeyOf } from "./secret-key.ts";
import { deriveSecret } from "../crypto/derive-secret.ts";
import { digestOf } from "../crypto/digest.ts";
import { adminIdempotencyKey } from "../idempotency/admin-call.ts";
import { createConnectLink } from "./create-connect-link.ts";
import { type Answered, idempotencyConflict } from "../idempotency/run-idempotent.ts";

export interface NewMerchant {
  readonly request: CreateMerchantRequest;
  readonly idempotencyKey: string;
}

/**
 * Creates a merchant with its keys, its origins and a connect link. The same request under the same `Idempotency-Key`
 * returns the same keys, so a lost response loses nothing. The secret key is stored only as a hash, because it can be
 * derived again from the request, the `Idempotency-Key` and `VAULT_KEY`.
 *
 * @throws ApiError `invalid_request` of `requireUsableOrigins`; `idempotency_key_reused` for another request under the
 * same key within 24 hours; `merchant_exists` for any other request with this name.
 */
export async function createMerchant(
  merchant: MerchantContext,
  asked: NewMerchant,
): Promise<Answered<CreatedMerchant>> {
  const { request, idempotencyKey } = asked;
  requireUsableOrigins(merchant.config, request.allowed_origins);
  const madeBy = await digestOf(JSON.stringify([idempotencyKey, request.name, request.allowed_origins]));
  requireSameRequest(merchant, asked, madeBy);
  const isReplayed = isMade(merchant);
  const secretKey = isReplayed
    ? await sameSecretKey(merchant, madeBy, idempotencyKey)
    : await newSecretKey(merchant, idempotencyKey);
  const key = await recordOfKey(merchant, secretKey);
  if (!isMade(merchant)) {
    merchant.settings.write("made_by", madeBy);
    merchant.settings.write("allowed_origins", request.allowed_origins);
    const now = Date.now();
    merchant.secretKeys.add(key, now);
    merchant.idempotencyKeys.begin(adminIdempotencyKey(idempotencyKey), madeBy, crypto.randomUUID(), now);
  } else if (merchant.settings.read("made_by") !== madeBy) {
    // Another call created the merchant while this one computed its key.
    throw new ApiError("merchant_exists");
  }
  const { connect_url } = await createConnectLink(merchant);
  const publishable_key = `pk_${merchant.config.environment}_${merchant.name}`;
  return { answer: { merchant: merchant.name, publishable_key, secret_key: secretKey, connect_url }, isReplayed };
}

/** @throws ApiError `idempotency_key_reused`. */
function requireSameRequest(merchant: MerchantContext, { idempotencyKey }: NewMerchant, madeBy: string): void {
  const known = merchant.idempotencyKeys.find(adminIdempotencyKey(idempotencyKey), Date.now());
  if (known !== null && known.fingerprint !== madeBy) throw idempotencyConflict();
}

/** Tables alone are not a merchant: the object may have died right after it created them. */
function isMade(merchant: MerchantContext): boolean {
  return merchant.settings.read("allowed_origins") !== null;
}

function newSecretKey(merchant: MerchantContext, idempotencyKey: string): Promise<string> {
  return derivedKey(merchant, merchant.config.vaultKeys[0], idempotencyKey);
}

async function sameSecretKey(merchant: MerchantContext, madeBy: string, idempotencyKey: string): Promise<string> {
  if (merchant.settings.read("made_by") !== madeBy) throw new ApiError("merchant_exists");
  // `VAULT_KEY` may have been replaced meanwhile.
  for (const vaultKey of merchant.config.vaultKeys) {
    const key = await derivedKey(merchant, vaultKey, idempotencyKey);
    if (merchant.secretKeys.findByHash(await digestOf(key)) !== null) return key;
  }
  throw new ApiError("merchant_exists");
}

async function derivedKey(merchant: MerchantContext, vaultKey: Uint8Array, idempotencyKey: string): Promise<string> {
  return secretKeyOf(merchant, await deriveSecret(vaultKey, "secret key", `${merchant.name}/${idempotencyKey}`));
}
