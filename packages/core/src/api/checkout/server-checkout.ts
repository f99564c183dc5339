import type { IntendedLine } from "../../money/basket/basket-intent.ts";
import type { Money } from "../../money/money.ts";
import type { Payment, PaymentLink, PaymentMethodName } from "../../qonto/payment-link.ts";
import type { CheckoutStatus } from "./checkout.ts";
import type { Page } from "../values/page.ts";

/** The longest `expires_in`, and the payment period of a checkout whose link has no known end: 30 days, in seconds. */
export const DEFAULT_EXPIRES_IN = 2_592_000;

/** One of the merchant's invoices, in Qonto's field names. */
export interface InvoiceToPay {
  /** UUID. */
  readonly invoice_id: string;
  readonly invoice_number: string;
  readonly debitor_name: string;
  /** VAT included. */
  readonly amount: Money;
}

/** The most entries in the metadata of a checkout. */
export const MOST_METADATA = 20;

/** The shop's own data: at most 20 strings, returned unchanged. */
export type Metadata = Readonly<Record<string, string>>;

/**
 * Request body of `PATCH /v1/checkouts/{id}`, for a checkout in any status. An absent field stays unchanged. Nothing is
 * sent to Qonto: the payment link keeps the texts with which it was created.
 */
export interface UpdateCheckoutRequest {
  /**
   * The shop's own order number, as on create; null removes it. It is rejected with `order_already_paid` if another
   * checkout for it is paid or processing. An open checkout, or one that is processing, replaces the open ones with the
   * same reference. After a payment, the reference that the checkout was opened with stays taken.
   */
  readonly reference?: string | null | undefined;
  /** Merged by key into the existing metadata. A null value removes the entry; null instead of the object removes all. */
  readonly metadata?: Readonly<Record<string, string | null>> | null | undefined;
}

/** Request body of `POST /v1/checkouts` with a secret key: items, or an invoice. */
export interface CreateServerCheckoutRequest {
  /** Lines with the server's own prices. */
  readonly items?: readonly IntendedLine[] | undefined;
  /**
   * A discount on the whole basket, in the `tax_behavior` of its items, which must be the same for all. It is spread
   * over the VAT rates and lines in proportion to their prices, and is never a line of its own.
   */
  readonly discount?: Money | undefined;
  /**
   * The part of the order that the shopper pays by other means (a gift card, store credit), VAT included. It is
   * subtracted after the discount, from all VAT rates and lines in proportion, and is never a line of its own.
   */
  readonly store_credit?: Money | undefined;
  /**
   * The amount that the shop will record for this payment: VAT included, after discount and store credit. If the sum of
   * the items differs, the request is rejected with `total_mismatch` before anything is sent to Qonto.
   */
  readonly total?: Money | undefined;
  readonly invoice?: InvoiceToPay | undefined;
  /** Whether several people may pay it, each once. Not for an invoice. */
  readonly reusable?: boolean | undefined;
  /** The enabled methods that may be used, by default all of them. */
  readonly payment_methods?: readonly PaymentMethodName[] | undefined;
  /**
   * The shop's own order number, at most 64 printable ASCII characters. Each order number is paid at most once: a new
   * checkout replaces an open one, whose link is deactivated, and is rejected with `order_already_paid` after one that
   * is paid or processing.
   */
  readonly reference?: string | undefined;
  readonly metadata?: Metadata | undefined;
  /**
   * Seconds, from 5 minutes to 30 days, until the checkout can no longer be paid. By default it ends with Qonto's link,
   * or after 30 days if Qonto gives the link no end.
   */
  readonly expires_in?: number | undefined;
  /**
   * Where the status page (`status_url`) leads after the payment: a page of the merchant's allowed origins. This URL is
   * not sent to Qonto, whose pay page leads nowhere after the payment.
   */
  readonly success_url?: string | undefined;
  /**
   * Where the status page leads before the payment, and after the checkout ended unpaid; otherwise as `success_url`.
   */
  readonly cancel_url?: string | undefined;
  /**
   * The locale of the status page, in a language of `PAGE_LANGUAGES`: `de`, `de-AT`. By default the page is in the
   * language of the shopper's browser.
   */
  readonly locale?: string | undefined;
}

/**
 * The actor who opened a checkout, and so chose its `reference`: the merchant's server with a secret key, a shopper
 * with an offer that the server signed, or any page visitor with a button, who can choose any reference.
 */
export const CHECKOUT_OPENERS = ["server", "offer", "button"] as const;
export type CheckoutOpener = (typeof CHECKOUT_OPENERS)[number];

/** A product of the catalogue that a shopper bought. */
export interface SoldProduct {
  /** Name of the product in the merchant's catalogue. */
  readonly product: string;
  /** 1 for a product with an open amount, which is the `amount` of the checkout. */
  readonly quantity: number;
}

/** A checkout at one point in time. */
export interface CheckoutSnapshot {
  readonly id: string;
  /** `reference` and `amount` come from the merchant only for `server` and `offer`. */
  readonly opened_by: CheckoutOpener;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  /** If `opened_by` is `button`, the page or the shopper chose this text freely: never find an order by it alone. */
  readonly reference: string | null;
  readonly metadata: Metadata;
  /** What was sold, if `opened_by` is `button`; otherwise null, because the merchant's server knows its own items. */
  readonly products: readonly SoldProduct[] | null;
  readonly reusable: boolean;
  /** ISO 8601. */
  readonly created_at: string;
  /** Qonto's hosted pay page; null while there is no link. */
  readonly url: string | null;
  /** End of the payment period, in ISO 8601; null while there is no link. */
  readonly expires_at: string | null;
  readonly success_url: string | null;
  readonly cancel_url: string | null;
  /** Locale of the status page; null: the locale of the shopper's browser. */
  readonly locale: string | null;
  /**
   * The checkout that replaced this one. The link of this one is being deactivated, and `status` follows within
   * seconds.
   */
  readonly superseded_by: string | null;
}

/** A checkout as the merchant's server sees it. */
export interface Checkout extends CheckoutSnapshot {
  /**
   * Number of payments that Qonto reports as paid. More than one is a duplicate payment, unless the checkout is
   * reusable.
   */
  readonly payment_count: number;
  /** The latest 100 payments, oldest first. */
  readonly payments: readonly Payment[];
  /** Qonto's link, as last read. */
  readonly payment_link: PaymentLink | null;
  /** Allows its holder to read the status of this checkout, and nothing else. */
  readonly status_token: string;
  /** A page that shows the shopper the status, for shops without such a page. The URL contains the status token. */
  readonly status_url: string;
}

/** The query of `GET /v1/checkouts`, newest first. */
export interface CheckoutsQuery {
  readonly status?: readonly CheckoutStatus[] | undefined;
  readonly reference?: string | undefined;
  /**
   * Metadata entries that a checkout must have, all of them with the exact value: `metadata[order_id]=123` in a URL.
   */
  readonly metadata?: Metadata | undefined;
  /** By default all. To look up a `reference` of your own: `["server", "offer"]`. */
  readonly opened_by?: readonly CheckoutOpener[] | undefined;
  /** ISO 8601, inclusive. */
  readonly created_from?: string | undefined;
  /** ISO 8601, exclusive. */
  readonly created_before?: string | undefined;
  /** Id of the last checkout of the previous page. */
  readonly after?: string | undefined;
  /** 1 to 100, 20 by default. */
  readonly limit?: number | undefined;
}

/** Response of `GET /v1/checkouts`. The last item's `id` is the `after` of the next page. */
export interface CheckoutPage extends Page<CheckoutSnapshot> {
  /**
   * The `after` of the next page, if it is not the `id` of the last checkout. Only in a search for several values
   * (entries of `metadata`, `reference`) that each select thousands of checkouts: a request examines a limited number of
   * them, so its page can be short or empty while `has_more` is true.
   */
  readonly next_after?: string | undefined;
}
