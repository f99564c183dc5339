import type { OfferClaims, OfferedCheckout } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { fromBase64Url } from "../security/base64url.ts";
import { readOffer } from "../security/offer.ts";
import type { Attempt, CheckoutOrder } from "./open-checkout.ts";
import { serverOrder } from "./server-order.ts";

/**
 * What a shopper takes an offer for: the price that the merchant's own server signed.
 *
 * @param attemptId the shopper's own. An offer that is good once has one attempt for everybody.
 * @throws Failure `offer_invalid` for one that is forged, malformed or of another merchant; `offer_expired`.
 */
export async function askedByOffer(
  merchant: Merchant,
  token: string,
  attemptId: string,
): Promise<{ readonly attempt: Attempt; readonly order: () => CheckoutOrder }> {
  const { jti, single_use, checkout } = await claimsOfOffer(merchant, token);
  const id = single_use === true && jti !== undefined ? `offer:${jti}` : attemptId;
  // A page that is rendered anew carries another token for the same.
  const attempt = { id, intent: JSON.stringify(checkout), param: "attempt_id" };
  return { attempt, order: () => offerOrder(merchant, checkout) };
}

/** What an offer is for: once for each who takes it. @throws Failure of `serverOrder`. */
export function offerOrder(merchant: Merchant, checkout: OfferedCheckout): CheckoutOrder {
  return serverOrder(merchant, checkout, { openedBy: "offer", isReusable: false });
}

/** What an offer says, once it is known to be the merchant's own. @throws Failure `offer_invalid`, `offer_expired`. */
export async function claimsOfOffer(merchant: Merchant, token: string): Promise<OfferClaims> {
  const sealed = merchant.secretKeys.sealedOfferKeys();
  const opened = await Promise.allSettled(sealed.map((key) => merchant.vault.open("offer_key", key)));
  // One whose vault key is gone must not spoil the offers of the others.
  const keys = opened.flatMap((key) => (key.status === "fulfilled" ? [fromBase64Url(key.value)] : []));
  const publishableKey = `pk_${merchant.config.environment}_${merchant.name}`;
  const claims = await readOffer(token, keys, publishableKey, Date.now());
  if (typeof claims === "string") throw new Failure(claims, { param: "offer" });
  return claims;
}
