import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Money } from "@qonto-pay/core/money";
import { isCheckout } from "../api/response-guards.ts";
import { type Answer, askWorker } from "../api/worker-request.ts";
import { beginAttempt, forgetAttempt, keepAttempt, recallAttempt } from "./attempt-store.ts";
import type { Intent } from "./purchase.ts";

const ENDED_UNPAID = ["expired", "canceled"];
/**
 * Who comes back to a paid order finds it paid, and pays it no second time. Nothing is made of `expires_at`: an attempt
 * that has ended says so when it is asked for again.
 */
const ATTEMPT_IS_KEPT_MS = 365 * 24 * 3600 * 1000;
const ATTEMPT_IS_USED_UP = ["price_changed", "checkout_not_open", "idempotency_key_reused"];

/**
 * The checkout of this intent, in one request where all is well. The attempt that is under way gets the checkout that it
 * already has. Where that one expired, was canceled, or was made at another price than the one that the shopper reads and
 * that still holds, a new attempt is made, once. Never rejects, and never gives a checkout to be paid at another price
 * than `shownAmount`.
 *
 * @param readPrice reads and shows the price anew; called where the Worker says `price_changed`.
 */
export async function obtainCheckout(
  intent: Intent,
  shownAmount: Money | undefined,
  readPrice: () => Promise<Money | undefined>,
): Promise<Answer<CheckoutCreated>> {
  const first = await requestCheckout(intent, shownAmount);
  const isWorthAnother =
    first.problem === undefined
      ? hasEndedUnpaid(first.value)
      : first.problem.code === "price_changed" && shownAmount !== undefined && readsAs(shownAmount, await readPrice());
  const answer = isWorthAnother ? await requestCheckout(intent, shownAmount) : first;
  if (answer.problem !== undefined || mayBePaid(answer.value, shownAmount)) return answer;
  // The Worker sees to both; no defect of it sends a shopper to another price.
  forgetAttempt(intent, answer.value.id);
  return { problem: { code: "bad_answer" } };
}

function hasEndedUnpaid({ status }: CheckoutCreated): boolean {
  return ENDED_UNPAID.includes(status);
}

/** What is processing or paid is not paid again, at whatever price. */
function mayBePaid(checkout: CheckoutCreated, shownAmount: Money | undefined): boolean {
  if (hasEndedUnpaid(checkout)) return false;
  return checkout.status !== "open" || shownAmount === undefined || readsAs(shownAmount, checkout.amount);
}

/** Whether a shopper reads the same: "5.0" and "5.00" are one price. */
function readsAs(one: Money, other: Money | undefined): boolean {
  return other !== undefined && formatAmount(one, "en") === formatAmount(other, "en");
}

async function requestCheckout(intent: Intent, shown_amount: Money | undefined): Promise<Answer<CheckoutCreated>> {
  const { endpoint, ...purchase } = intent;
  const attempt = recallAttempt(intent) ?? beginAttempt(intent);
  const request: CreateCheckoutRequest = { ...purchase, attempt_id: attempt.attempt_id, shown_amount };
  const answer = await askWorker(`${endpoint}/v1/checkouts`, isCheckout, JSON.stringify(request));
  if (answer.problem !== undefined) {
    if (ATTEMPT_IS_USED_UP.includes(answer.problem.code)) forgetAttempt(intent, attempt.attempt_id);
    return answer;
  }
  if (hasEndedUnpaid(answer.value)) {
    forgetAttempt(intent, attempt.attempt_id);
    return answer;
  }
  const { id, status_token } = answer.value;
  const keep_until = Date.now() + ATTEMPT_IS_KEPT_MS;
  keepAttempt(intent, { ...attempt, keep_until, checkout: { id, status_token } });
  return answer;
}
