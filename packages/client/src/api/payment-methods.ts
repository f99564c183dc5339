import type { ListPaymentMethodsQuery, PaymentMethod } from "@qonto-pay/core/qonto";
import type { WorkerCalls } from "../http/worker-calls.ts";

/** `/v1/payment_methods`: which ways to pay the merchant has enabled. */
export class PaymentMethods {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** @param query `amount` and `currency` for the methods of one amount: some have limits. */
  list(
    query: ListPaymentMethodsQuery = {},
  ): Promise<{ readonly payment_link_payment_methods: readonly PaymentMethod[] }> {
    return this.#calls.read(["payment_methods"], query);
  }
}
