import type { Money } from "../../money/money.ts";

/**
 * Where a checkout stands. `paid` never changes. `expired` and `canceled` change only should Qonto report a payment all
 * the same: the money counts.
 */
export const CHECKOUT_STATUSES = ["open", "processing", "paid", "expired", "canceled"] as const;
export type CheckoutStatus = (typeof CHECKOUT_STATUSES)[number];

/** Whether nothing more is to be expected. */
export function isEnded(status: CheckoutStatus): boolean {
  return status === "paid" || status === "expired" || status === "canceled";
}

/** One of several products. `quantity` as in a request for a single one. */
export interface RequestedItem {
  readonly product: string;
  readonly quantity?: number | undefined;
}

/** What a shopper's page sends to `POST /v1/prices`: a product, several, or what the merchant's own server signed. */
export interface PriceRequest {
  /** Publishable key, `pk_{sandbox|live}_{merchant}`. */
  readonly publishable_key: string;
  /** Name of a product in the merchant's catalogue. Either this, `items` or `offer`. */
  readonly product?: string | undefined;
  /** Whole number, 1 if absent; the product's bounds hold. Not with `amount`. */
  readonly quantity?: number | undefined;
  /** Decimal string in major units; only for a product with an open amount, within its bounds. */
  readonly amount?: string | undefined;
  /** Several products at once, 1 to 20. */
  readonly items?: readonly RequestedItem[] | undefined;
  /** A price that the merchant's own server signed. Instead of all of the above. */
  readonly offer?: string | undefined;
}

/** What the browser sends to `POST /v1/checkouts`, as `text/plain` so that no CORS preflight is needed. */
export interface CreateCheckoutRequest extends PriceRequest {
  /** One per intent to pay: the same attempt always gets the same checkout. 8 to 64 of `A-Za-z0-9_-`. */
  readonly attempt_id?: string | undefined;
  /** The shop's own order number, at most 64 printable ASCII characters. Not with `offer`, which has its own. */
  readonly reference?: string | undefined;
  /**
   * The amount that the page showed. It never sets a price: when it differs from the price in the catalogue the
   * checkout is refused with `price_changed`, so that nobody pays another amount than the one they read.
   */
  readonly shown_amount?: Money | undefined;
}

/** The answer of `POST /v1/checkouts`: `201` when it is new, `200` when this attempt already had it. */
export interface CheckoutCreated {
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  /** Qonto's hosted pay page. */
  readonly url: string;
  /** When it can no longer be paid, in ISO 8601; null where no end is known. */
  readonly expires_at: string | null;
  /** Lets its holder read the status of this checkout, and nothing else. */
  readonly status_token: string;
}

/** One message of `GET /v1/checkouts/{id}/status`: the JSON answer, or the data of one server-sent event. */
export interface CheckoutStatusReport {
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  readonly reference?: string | undefined;
}

/** The answer of `POST /v1/prices`. */
export interface Price {
  /** What the shopper will pay, VAT included. */
  readonly amount: Money;
}
