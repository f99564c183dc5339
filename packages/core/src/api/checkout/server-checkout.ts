import type { IntendedLine } from "../../money/basket/basket-intent.ts";
import type { Money } from "../../money/money.ts";
import type { Payment, PaymentLink, PaymentMethodName } from "../../qonto/payment-link.ts";
import type { CheckoutStatus } from "./checkout.ts";
import type { Page } from "../values/page.ts";

/** The longest `expires_in`, and how long a checkout can be paid whose link has no known end: 30 days, in seconds. */
export const DEFAULT_EXPIRES_IN = 2_592_000;

/** An invoice of the merchant's, in Qonto's own words. */
export interface InvoiceToPay {
  /** UUID. */
  readonly invoice_id: string;
  readonly invoice_number: string;
  readonly debitor_name: string;
  /** VAT included. */
  readonly amount: Money;
}

/** How many entries the metadata of a checkout can have. */
export const MOST_METADATA = 20;

/** The shop's own data: at most 20 strings, returned unchanged. */
export type Metadata = Readonly<Record<string, string>>;

/**
 * The body of `PATCH /v1/checkouts/{id}`, in every status of the checkout. A field that is absent stays as it is. Nothing
 * is sent to Qonto: the payment link keeps what it was created with.
 */
export interface UpdateCheckoutRequest {
  /**
   * The shop's own order number, as on create; null removes it. `order_already_paid` if another checkout for it is paid or
   * processing. An open checkout, or one that is processing, replaces the open ones with the same reference. The reference that a checkout was
   * opened with stays taken once the checkout is paid.
   */
  readonly reference?: string | null | undefined;
  /** Merged by key into the existing metadata. A null value removes the entry; null instead of the object removes all. */
  readonly metadata?: Readonly<Record<string, string | null>> | null | undefined;
}

/** What a merchant's server sends to `POST /v1/checkouts` by secret key: items, or an invoice. */
export interface CreateServerCheckoutRequest {
  /** Lines with the server's own prices. */
  readonly items?: readonly IntendedLine[] | undefined;
  /**
   * Off the whole basket, in the `tax_behavior` of its items, which has to be the same for all. It is spread over the VAT
   * rates and lines by what they cost, and is never a line.
   */
  readonly discount?: Money | undefined;
  /**
   * What the shopper pays of the order by other means (a gift card, store credit), VAT included. It is taken off after
   * the discount, from all VAT rates and lines in proportion, and is never a line.
   */
  readonly store_credit?: Money | undefined;
  /**
   * What the shop will book for this payment: VAT included, after discount and store credit. Another sum of the items is
   * rejected with `total_mismatch` before anything is sent to Qonto.
   */
  readonly total?: Money | undefined;
  readonly invoice?: InvoiceToPay | undefined;
  /** Whether any number of people may pay it, each once. Not for an invoice. */
  readonly reusable?: boolean | undefined;
  /** Which of the enabled methods may be used; all of them where not given. */
  readonly payment_methods?: readonly PaymentMethodName[] | undefined;
  /**
   * The shop's own order number, at most 64 printable ASCII characters. Each is paid once: a new checkout replaces an open
   * one, whose link is deactivated, and is rejected with `order_already_paid` after one that is paid or processing.
   */
  readonly reference?: string | undefined;
  readonly metadata?: Metadata | undefined;
  /**
   * Seconds, from 5 minutes to 30 days, after which it can't be paid any more. By default it ends with Qonto's link, or
   * after 30 days if Qonto gives the link no end.
   */
  readonly expires_in?: number | undefined;
  /**
   * Where the status page (`status_url`) leads once it is paid; a page of the merchant's allowed origins. Qonto is not told
   * of it: Qonto's pay page leads nowhere afterwards.
   */
  readonly success_url?: string | undefined;
  /** Where the status page leads while it is not, and when it has ended unpaid; as `success_url`. */
  readonly cancel_url?: string | undefined;
  /**
   * The locale of the status page, of a language in `PAGE_LANGUAGES`: `de`, `de-AT`. By default the page is in the language
   * of the shopper's browser.
   */
  readonly locale?: string | undefined;
}

/**
 * Who opened a checkout, and so who chose its `reference`: the merchant's server by secret key, or by an offer that it
 * signed; or anybody at all, by a button, who may have written what they liked into it.
 */
export const CHECKOUT_OPENERS = ["server", "offer", "button"] as const;
export type CheckoutOpener = (typeof CHECKOUT_OPENERS)[number];

/** A checkout at one moment. */
export interface CheckoutSnapshot {
  readonly id: string;
  /** Only of `server` and `offer` are `reference` and `amount` the merchant's own. */
  readonly opened_by: CheckoutOpener;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  /** Of a `button`, whatever its page or its shopper wrote: never find an order by it alone. */
  readonly reference: string | null;
  readonly metadata: Metadata;
  readonly reusable: boolean;
  /** ISO 8601. */
  readonly created_at: string;
  /** Qonto's hosted pay page; null while there is no link. */
  readonly url: string | null;
  /** When it can no longer be paid, in ISO 8601; null while there is no link. */
  readonly expires_at: string | null;
  readonly success_url: string | null;
  readonly cancel_url: string | null;
  /** Locale of the status page; null: that of the shopper's browser. */
  readonly locale: string | null;
  /** The checkout that took its place: its link is being deactivated, and `status` follows within seconds. */
  readonly superseded_by: string | null;
}

/** A checkout as the merchant's server sees it. */
export interface Checkout extends CheckoutSnapshot {
  /** How many payments Qonto calls paid. More than one of a checkout that is not reusable is one too many. */
  readonly payment_count: number;
  /** The last 100 of them, oldest first. */
  readonly payments: readonly Payment[];
  /** Qonto's link, as it was last read. */
  readonly payment_link: PaymentLink | null;
  /** Lets its holder read the status of this checkout, and nothing else. */
  readonly status_token: string;
  /** A page that shows the shopper how it stands, for shops without one of their own. The token is in it. */
  readonly status_url: string;
}

/** The query of `GET /v1/checkouts`, newest first. */
export interface CheckoutsQuery {
  readonly status?: readonly CheckoutStatus[] | undefined;
  readonly reference?: string | undefined;
  /** Entries that a checkout must have, all of them, each with the exact value: `metadata[order_id]=123` in a URL. */
  readonly metadata?: Metadata | undefined;
  /** All where not given. For a `reference` of your own: `["server", "offer"]`. */
  readonly opened_by?: readonly CheckoutOpener[] | undefined;
  /** ISO 8601; the moment itself counts. */
  readonly created_from?: string | undefined;
  /** ISO 8601; the moment itself does not count. */
  readonly created_before?: string | undefined;
  /** Id of the last checkout of the page before. */
  readonly after?: string | undefined;
  /** 1 to 100; 20 where not given. */
  readonly limit?: number | undefined;
}

/** The answer of `GET /v1/checkouts`. The last one's `id` is the `after` of the next page. */
export type CheckoutPage = Page<CheckoutSnapshot>;
