import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { findPaymentLink } from "./find-payment-link.ts";
import { paymentLinkAnswer } from "./payment-link-answer.ts";

/** Handles `GET /v2/payment_links/{id}`. */
export function getPaymentLink(world: World, call: Call): Answer {
  return json(200, paymentLinkAnswer(world, findPaymentLink(world, call)));
}
