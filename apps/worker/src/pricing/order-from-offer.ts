import type { OfferClaims, OfferedCheckout } from "@qonto-pay/core/api";
import { offerClaimsSchema } from "@qonto-pay/core/api.schema";
import { ApiError } from "../errors/api-error.ts";
import { detailOfIssues } from "../errors/schema-issue-message.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { fromBase64Url } from "@qonto-pay/web/base64";
import { type OfferProblem, readOffer } from "../crypto/offer.ts";
import type { Attempt, CheckoutOrder } from "../checkout/open-checkout.ts";
import { orderFromServer } from "./order-from-server.ts";

/**
 * Returns the order of an offer, at the price that the merchant's own server signed.
 *
 * @param attemptId the shopper's attempt. A single-use offer has one attempt for all shoppers.
 * @throws ApiError `invalid_offer` for an offer that is forged, malformed or of another merchant, with the rule if the
 * merchant signed it; `offer_expired`.
 */
export async function orderFromOffer(
  merchant: MerchantContext,
  token: string,
  attemptId: string,
): Promise<{ readonly attempt: Attempt; readonly order: () => CheckoutOrder }> {
  const { jti, single_use, checkout } = await claimsOfOffer(merchant, token);
  const id = single_use === true && jti !== undefined ? `offer:${jti}` : attemptId;
  // A page that is rendered again has another token for the same checkout.
  const attempt = { id, intent: JSON.stringify(checkout), param: "attempt_id" };
  return { attempt, order: () => offerOrder(merchant, checkout) };
}

/** Returns the order of an offer's checkout, which each shopper can pay once. @throws ApiError of `orderFromServer`. */
export function offerOrder(merchant: MerchantContext, checkout: OfferedCheckout): CheckoutOrder {
  return orderFromServer(merchant, checkout, { openedBy: "offer", isReusable: false });
}

/** Returns the claims of an offer that the merchant signed. @throws ApiError `invalid_offer`, `offer_expired`. */
export async function claimsOfOffer(merchant: MerchantContext, token: string): Promise<OfferClaims> {
  const sealed = merchant.secretKeys.sealedOfferKeys();
  const opened = await Promise.allSettled(sealed.map((key) => merchant.vault.decrypt("offer_key", key)));
  // A key whose vault key was removed must not invalidate the offers of the other keys.
  const keys = opened.flatMap((key) => (key.status === "fulfilled" ? (fromBase64Url(key.value) ?? []) : []));
  const publishableKey = `pk_${merchant.config.environment}_${merchant.name}`;
  const read = await readOffer(token, keys, publishableKey, Date.now());
  if ("problem" in read) throw failureOfOffer(read.problem);
  return read.claims;
}

/**
 * If the signature is valid, the error names the rule that the offer breaks. If it is invalid, the error states only
 * that.
 */
function failureOfOffer(problem: OfferProblem): ApiError {
  switch (problem.kind) {
    case "not_signed":
      return new ApiError("invalid_offer", { param: "offer" });
    case "expired":
      return new ApiError("offer_expired", { param: "offer" });
    case "wrong_claims":
      return new ApiError(
        "invalid_offer",
        detailOfIssues({ issues: problem.issues, schema: offerClaimsSchema, within: ["offer"] }),
      );
  }
}
