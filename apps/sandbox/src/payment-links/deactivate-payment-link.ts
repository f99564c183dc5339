import { badRequest } from "../api/api-error.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";
import { findPaymentLink } from "./find-payment-link.ts";
import { paymentLinkAnswer } from "./payment-link-answer.ts";
import { isPayable } from "./record-payment.ts";

/**
 * `PATCH /v2/payment_links/{id}/deactivate`: the link, now canceled. What happens to a link that is not payable any more is not
 * documented; assumed here: a canceled one is answered as it is, any other is refused.
 */
export function deactivatePaymentLink(world: World, call: Call): Answer {
  const link = findPaymentLink(world, call);
  if (isPayable(link)) changeStatus(world, link, "canceled");
  if (link.status !== "canceled") throw badRequest(`A payment link that is ${link.status} cannot be deactivated`);
  return json(200, paymentLinkAnswer(world, link));
}
