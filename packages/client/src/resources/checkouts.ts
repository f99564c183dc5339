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

/** What is paid, and how often: lines, or an invoice, which is paid once. */
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

/** The body of `POST /v1/checkouts` by secret key. */
export type CreateCheckout = Omit<CreateServerCheckoutRequest, keyof Due> & Due;

/** `/v1/checkouts`: what is to be paid, with the server's own prices. */
export class Checkouts {
  readonly #calls: WorkerCalls;

  constructor(calls: WorkerCalls) {
    this.#calls = calls;
  }

  /** Opens a checkout. One of the same `reference` that is still open is canceled: this one takes its place. */
  create(body: CreateCheckout, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts"], body, options);
  }

  get(id: string): Promise<Checkout> {
    return this.#calls.read(["checkouts", id]);
  }

  /**
   * Changes its reference and merges its metadata by key, in every status: a shop may get its order number only after the
   * payment. Rejected with `order_already_paid` if another checkout for the reference is paid or processing.
   */
  update(id: string, body: UpdateCheckoutRequest, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("PATCH", ["checkouts", id], body, options);
  }

  /** Lists checkouts, newest first: a page if awaited, all of them if iterated. `limit` is the size of a page. */
  list(query?: CheckoutsQuery): ListPromise<CheckoutSnapshot> {
    return this.#calls.list(["checkouts"], query);
  }

  /** Ends it: nobody can pay it any more. Refused with `checkout_not_open` where it is paid, or being paid. */
  cancel(id: string, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts", id, "cancel"], undefined, options);
  }

  /** Has its link read from Qonto now, and tells how it stands. */
  sync(id: string, options?: MutationOptions): Promise<Checkout> {
    return this.#calls.change("POST", ["checkouts", id, "sync"], undefined, options);
  }

  /** One page of every payment that was made or tried, as Qonto tells it now. */
  payments(id: string, query?: ListPaymentsQuery): Promise<PaymentPage> {
    return this.#calls.read(["checkouts", id, "payments"], query);
  }
}
