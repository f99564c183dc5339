import type { Money } from "../../money/money.ts";

/**
 * The status of a checkout. `paid` is final. `expired` and `canceled` change only if Qonto reports a late
 * payment, because money that arrived counts.
 */
export const CHECKOUT_STATUSES = ["open", "processing", "paid", "expired", "canceled"] as const;
export type CheckoutStatus = (typeof CHECKOUT_STATUSES)[number];

/** Returns whether no further change is expected. */
export function isEnded(status: CheckoutStatus): boolean {
  return status === "paid" || status === "expired" || status === "canceled";
}

/** One of several products. `quantity` is the same as in a request for a single product. */
export interface RequestedItem {
  readonly product: string;
  readonly quantity?: number | undefined;
}

/** Request body of `POST /v1/prices`, sent by a shopper's page: one product, several, or a signed offer. */
export interface PriceRequest {
  /** Publishable key, `pk_{sandbox|live}_{merchant}`. */
  readonly publishable_key: string;
  /** Name of a product in the merchant's catalogue. One of `product`, `items` and `offer` is required. */
  readonly product?: string | undefined;
  /** Whole number within the product's bounds, 1 by default. Not with `amount`. */
  readonly quantity?: number | undefined;
  /** Decimal string in major units, within the product's bounds; only for a product with an open amount. */
  readonly amount?: string | undefined;
  /** Several products at once, 1 to 20. */
  readonly items?: readonly RequestedItem[] | undefined;
  /** A price that the merchant's own server signed, instead of all of the above. */
  readonly offer?: string | undefined;
}

/** The browser's body of `POST /v1/checkouts`, sent as `text/plain` to avoid a CORS preflight. */
export interface CreateCheckoutRequest extends PriceRequest {
  /** One per purchase: the same attempt always gets the same checkout. 8 to 64 of `A-Za-z0-9_-`. */
  readonly attempt_id?: string | undefined;
  /** The shop's own order number, at most 64 printable ASCII characters. Not with `offer`, which has its own. */
  readonly reference?: string | undefined;
  /**
   * The amount that the page showed. It never sets the price: if the price in the catalogue differs, the request is
   * rejected with `price_changed`, so that a shopper never pays an amount other than the one they saw.
   */
  readonly shown_amount?: Money | undefined;
  /**
   * The solution of the challenge in `challenge_required`, as base64 of the JSON text
   * `{"challenge": {"parameters", "signature"}, "solution": {"counter", "derivedKey"}}`. Requires `attempt_id`.
   */
  readonly challenge_solution?: string | undefined;
}

/** Response of `POST /v1/checkouts`: `201` for a new checkout, `200` if this attempt already had one. */
export interface CheckoutCreated {
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  /** Qonto's hosted pay page. */
  readonly url: string;
  /** End of the payment period, in ISO 8601; null if no end is known. */
  readonly expires_at: string | null;
  /** Allows its holder to read the status of this checkout, and nothing else. */
  readonly status_token: string;
}

/** One message of `GET /v1/checkouts/{id}/status`: the JSON response, or the data of one server-sent event. */
export interface CheckoutStatusReport {
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  readonly reference?: string | undefined;
}

/** Response of `POST /v1/prices`. */
export interface Price {
  /** What the shopper pays, VAT included. */
  readonly amount: Money;
  /** The bounds of the amount, for a product with an open amount. */
  readonly open_amount?: { readonly min: Money; readonly max: Money } | undefined;
  /** The bounds of the quantity, for a single product with a fixed price. */
  readonly min_quantity?: number | undefined;
  readonly max_quantity?: number | undefined;
}
