import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Money } from "@qonto-pay/core/money";
import { isCheckout } from "../api/response-guards.ts";
import { type WorkerResponse, workerRequest } from "../api/worker-request.ts";
import { deleteAttempt, saveAttempt, withAttempt } from "./attempt-store.ts";
import type { Purchase } from "./purchase.ts";

const ENDED_UNPAID = ["expired", "canceled"];
const ATTEMPT_ENDING_CODES = ["price_changed", "checkout_not_open", "idempotency_key_reused"];

/** The price that a button shows. */
export interface ShownPrice {
  /** Undefined if it shows none. */
  readonly amount: Money | undefined;
  /** Reads the price again and shows it. Undefined if it can't be read. */
  read(): Promise<Money | undefined>;
}

/**
 * Returns the checkout of a purchase, usually in one request. An existing attempt keeps its checkout. If that checkout
 * has expired, was canceled, or was created at another price while the shown price still holds, one new attempt is
 * created. Never rejects. Never returns a checkout that is to be paid at a price other than the shown one.
 *
 * @param price is read again when the Worker answers `price_changed`.
 */
export async function createOrResumeCheckout(
  purchase: Purchase,
  price: ShownPrice,
): Promise<WorkerResponse<CheckoutCreated>> {
  const { amount: shownAmount } = price;
  const first = await requestCheckout(purchase, shownAmount);
  const shouldRetry =
    first.problem === undefined
      ? hasEndedUnpaid(first.value)
      : first.problem.code === "price_changed" &&
        shownAmount !== undefined &&
        displaysSameAs(shownAmount, await price.read());
  const answer = shouldRetry ? await requestCheckout(purchase, shownAmount) : first;
  if (answer.problem !== undefined || mayBePaid(answer.value, shownAmount)) return answer;
  // The Worker ensures both; this check protects the shopper from a defect of the Worker.
  deleteAttempt(purchase, answer.value.id);
  return { problem: { code: "bad_answer" } };
}

function hasEndedUnpaid({ status }: CheckoutCreated): boolean {
  return ENDED_UNPAID.includes(status);
}

/** Returns whether the price fits. A checkout that is processing or paid is not paid again, so any price fits. */
function mayBePaid(checkout: CheckoutCreated, shownAmount: Money | undefined): boolean {
  if (hasEndedUnpaid(checkout)) return false;
  return checkout.status !== "open" || shownAmount === undefined || displaysSameAs(shownAmount, checkout.amount);
}

/** Returns whether the shopper sees the same price: "5.0" and "5.00" are equal. */
function displaysSameAs(one: Money, other: Money | undefined): boolean {
  return other !== undefined && formatAmount(one, "en") === formatAmount(other, "en");
}

function requestCheckout(
  purchase: Purchase,
  shown_amount: Money | undefined,
): Promise<WorkerResponse<CheckoutCreated>> {
  return withAttempt(purchase, async (attempt) => {
    const { attempt_id } = attempt;
    const { endpoint, ...body } = purchase;
    const request: CreateCheckoutRequest = { ...body, attempt_id, shown_amount };
    const answer = await workerRequest(`${endpoint}/v1/checkouts`, isCheckout, JSON.stringify(request));
    const hasEnded =
      answer.problem === undefined ? hasEndedUnpaid(answer.value) : ATTEMPT_ENDING_CODES.includes(answer.problem.code);
    if (hasEnded) deleteAttempt(purchase, attempt_id);
    else if (answer.value !== undefined) {
      // `expires_at` is not used: if the checkout of an attempt has ended, the next response shows it.
      const { id, status_token } = answer.value;
      saveAttempt(purchase, { ...attempt, checkout: { id, status_token } });
    }
    return answer;
  });
}
