import type { PaymentMethodName } from "../state/payment-methods.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { findAttempt, findPayLink } from "./find-pay-link.ts";
import { pageAnswer } from "../pages/layout.ts";
import { cardForm, methodForm } from "./payment-form.ts";
import { closedView, missingView, resultView } from "./result-view.ts";
import { statusForm } from "./status-form.ts";
import { stepPage } from "./step-page.ts";

/**
 * Handles `GET /payment-links/{uuid}?resource_id={uuid}`: shows the shopper's current step. In the query, `attempt`
 * names an attempt whose card was accepted, and `method` a method other than the first. Changes nothing, so a reload is
 * safe.
 */
export function showPayPage(world: World, call: Call): Answer {
  const link = findPayLink(world, call);
  if (link === undefined) return pageAnswer(404, "Not found", missingView());
  const attempt = findAttempt(world, call, link);
  const payment = world.store.state.payments.get(attempt?.payment_id ?? "");
  if (payment !== undefined) return pageAnswer(200, "Your payment", resultView(world, link, payment));
  if (link.status !== "open") return pageAnswer(200, "This payment link is closed", closedView(link.status));
  if (attempt !== undefined) return stepPage(world, link, { form: statusForm(link, attempt), begun: true });
  const method = chosenMethod(link, call.query.get("method"));
  const form = method === "credit_card" ? cardForm(link) : methodForm(link, method);
  return stepPage(world, link, { form, begun: false });
}

function chosenMethod(link: StoredPaymentLink, asked: string | null): PaymentMethodName {
  const methods = link.potential_payment_methods;
  const first = methods.includes("credit_card") ? "credit_card" : (methods[0] ?? "credit_card");
  return methods.find((method) => method === asked) ?? first;
}
