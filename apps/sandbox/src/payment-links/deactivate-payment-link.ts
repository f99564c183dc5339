import { badRequest } from "../api/api-error.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";
import { findPaymentLink } from "./find-payment-link.ts";
import { paymentLinkAnswer } from "./payment-link-answer.ts";
import { isPayable } from "./record-payment.ts";

/**
 * Handles `PATCH /v2/payment_links/{id}/deactivate`: cancels the link and returns it. The documentation does not cover
 * links that are not payable. Assumed here: a canceled link is returned as it is, any other is rejected.
 */
export function deactivatePaymentLink(world: World, call: Call): Answer {
  const link = findPaymentLink(world, call);
  if (isPayable(link)) changeStatus(world, link, "canceled");
  if (link.status !== "canceled") throw badRequest(`A payment link that is ${link.status} cannot be deactivated`);
  return json(200, paymentLinkAnswer(world, link));
}
