import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Money } from "@qonto-pay/core/money";
import { isCheckout } from "./answers.ts";
import { type Answer, askWorker } from "./ask-worker.ts";
import { beginAttempt, forgetAttempt, keepAttempt, recallAttempt } from "./attempt-store.ts";
import type { Intent } from "./intent.ts";

const ENDED_UNPAID = ["expired", "canceled"];
const ATTEMPT_IS_USED_UP = ["price_changed", "idempotency_key_reused"];

/**
 * The checkout of this intent, in one request. The attempt that is under way gets the checkout that it already has. Where
 * that one expired, was canceled or is open at another price than the shopper reads, a new attempt is made, once.
 * Never rejects.
 */
export async function obtainCheckout(intent: Intent, shownAmount: Money | undefined): Promise<Answer<CheckoutCreated>> {
  const isOutdated = ({ status, amount }: CheckoutCreated): boolean =>
    ENDED_UNPAID.includes(status) || (status === "open" && shownAmount !== undefined && !readsAs(shownAmount, amount));

  const answer = await requestCheckout(intent, shownAmount);
  if (answer.problem !== undefined || !isOutdated(answer.value)) return answer;
  forgetAttempt(intent);
  const second = await requestCheckout(intent, shownAmount);
  if (second.problem !== undefined || !isOutdated(second.value)) return second;
  forgetAttempt(intent);
  return { problem: { code: "bad_answer" } };
}

/** Whether a shopper reads the same: "5.0" and "5.00" are one price. */
function readsAs(one: Money, other: Money): boolean {
  return formatAmount(one, "en") === formatAmount(other, "en");
}

async function requestCheckout(intent: Intent, shown_amount: Money | undefined): Promise<Answer<CheckoutCreated>> {
  const { endpoint, ...purchase } = intent;
  const attempt = recallAttempt(intent) ?? beginAttempt(intent);
  const request: CreateCheckoutRequest = { ...purchase, attempt_id: attempt.attempt_id, shown_amount };
  const answer = await askWorker(`${endpoint}/v1/checkouts`, isCheckout, request);
  if (answer.problem !== undefined) {
    if (ATTEMPT_IS_USED_UP.includes(answer.problem.code)) forgetAttempt(intent);
    return answer;
  }
  const { id, status_token, expires_at } = answer.value;
  keepAttempt(intent, { ...attempt, keep_until: Date.parse(expires_at), checkout: { id, status_token } });
  return answer;
}
