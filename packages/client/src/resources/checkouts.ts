import type {
  Checkout,
  CheckoutSnapshot,
  CheckoutsQuery,
  CreateServerCheckoutRequest,
  InvoiceToPay,
  UpdateCheckoutRequest,
} from "@qonto-pay/core/api";
import type { IntendedLine } from "@qonto-pay/core/money";
import type { ListPaymentsQuery, PaymentPage } from "@qonto-pay/core/qonto";
import type { MutationOptions, WorkerCalls } from "../http-client.ts";
import type { ListPromise } from "../pagination.ts";

/** Either lines, or an invoice, which can't be reusable. */
type Due =
  | (Pick<CreateServerCheckoutRequest, "discount" | "store_credit" | "total" | "reusable"> & {
      readonly items: readonly IntendedLine[];
      readonly invoice?: undefined;
    })
  | {
      readonly items?: undefined;
      readonly invoice: InvoiceToPay;
      readonly reusable?: false | undefined;
      readonly discount?: undefined;
      readonly store_credit?: undefined;
      readonly total?: undefined;
    };

/** The body of `POST /v1/checkouts`, authenticated with a secret key. */
export type CreateCheckout = Omit<CreateServerCheckoutRequest, keyof Due> & Due;

/** `/v1/checkouts`: payments with the server's own prices. */
export class Checkouts {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Opens a checkout. It replaces an open one with the same `reference`, which is canceled. */
  create(body: CreateCheckout, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts"], body, options);
  }

  get(id: string): Promise<Checkout> {
    return this.#calls.read(["checkouts", id]);
  }

  /**
   * Changes its reference and merges its metadata by key, in every status: a shop may get its order number only after
   * the payment. Rejected with `order_already_paid` if another checkout for the reference is paid or processing.
   */
  update(id: string, body: UpdateCheckoutRequest, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("PATCH", ["checkouts", id], body, options);
  }

  /** Lists checkouts, newest first: a page if awaited, all of them if iterated. `limit` is the size of a page. */
  list(query?: CheckoutsQuery): ListPromise<CheckoutSnapshot> {
    return this.#calls.list(["checkouts"], query);
  }

  /** Cancels a checkout: it can no longer be paid. Rejects with `checkout_not_open` if it is paid or processing. */
  cancel(id: string, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts", id, "cancel"], undefined, options);
  }

  /** Refreshes a checkout from Qonto and returns it. */
  sync(id: string, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts", id, "sync"], undefined, options);
  }

  /** Returns one page of all payments and attempts, read from Qonto now. */
  payments(id: string, query?: ListPaymentsQuery): Promise<PaymentPage> {
    return this.#calls.read(["checkouts", id, "payments"], query);
  }
}
