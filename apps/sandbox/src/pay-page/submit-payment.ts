import { randomUUID } from "node:crypto";
import { PAYMENT_STATUSES } from "@qonto-pay/core/qonto";
import { type Answer, seeOther } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { isPayable, recordPayment } from "../payment-links/record-payment.ts";
import type { PaymentMethodName } from "../state/payment-methods.ts";
import type { PaymentAttempt, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { checkCard } from "./check-card.ts";
import { findAttempt, findPayLink, payPath } from "./find-pay-link.ts";
import { pageAnswer } from "../pages/layout.ts";
import { cardForm } from "./payment-form.ts";
import { missingView } from "./result-view.ts";
import { stepPage } from "./step-page.ts";

/** Handles `POST /payment-links/{uuid}/card`: accepts the test card and rejects any other. */
export function submitCard(world: World, call: Call): Answer {
  const link = findPayLink(world, call);
  if (link === undefined) return pageAnswer(404, "Not found", missingView());
  if (!isPayable(link)) return seeOther(payPath(link));
  const fields = new URLSearchParams(call.text);
  const typed = {
    cardNumber: fields.get("cardNumber") ?? "",
    expirationDate: fields.get("expirationDate") ?? "",
    cvc: fields.get("cvc") ?? "",
  };
  const errors = checkCard(typed, world.clock.now());
  if (Object.keys(errors).length > 0) {
    return stepPage(world, link, { form: cardForm(link, typed, errors), begun: true, refused: true });
  }
  return startAttempt(world, link, "credit_card");
}

/** Handles `POST /payment-links/{uuid}/method`: accepts any other method that the link offers. */
export function submitMethod(world: World, call: Call): Answer {
  const link = findPayLink(world, call);
  if (link === undefined) return pageAnswer(404, "Not found", missingView());
  const asked = new URLSearchParams(call.text).get("method");
  const method = link.potential_payment_methods.find((name) => name === asked && name !== "credit_card");
  if (method === undefined || !isPayable(link)) return seeOther(payPath(link));
  return startAttempt(world, link, method);
}

/**
 * Handles `POST /payment-links/{uuid}/status`: makes the payment. Idempotent: an attempt makes one payment, however
 * often the form is sent.
 */
export function submitStatus(world: World, call: Call): Answer {
  const link = findPayLink(world, call);
  if (link === undefined) return pageAnswer(404, "Not found", missingView());
  const attempt = findAttempt(world, call, link);
  const asked = new URLSearchParams(call.text).get("status");
  const status = PAYMENT_STATUSES.find((candidate) => candidate === asked);
  if (attempt === undefined) return seeOther(payPath(link));
  if (status !== undefined && attempt.payment_id === null && isPayable(link)) {
    attempt.payment_id = recordPayment(world, link, status, attempt.payment_method).id;
  }
  return seeOther(payPath(link, "", { attempt: attempt.id }));
}

function startAttempt(world: World, link: StoredPaymentLink, method: PaymentMethodName): Answer {
  const id = randomUUID();
  const attempt: PaymentAttempt = { id, payment_link_id: link.id, payment_method: method, payment_id: null };
  world.store.state.payment_attempts.set(id, attempt);
  world.store.changed();
  return seeOther(payPath(link, "", { attempt: id }));
}
