import type { Money } from "../money/money.ts";

/**
 * A value that Qonto may extend at any time: a known value, or one that this version does not know. Within v2 Qonto may
 * add enum values without notice, so answers of Qonto are never narrowed to the documented list.
 */
export type KnownOr<Known extends string> = Known | (string & {});

export const PAYMENT_METHODS = ["credit_card", "apple_pay", "paypal", "ideal"] as const;
export type PaymentMethodName = (typeof PAYMENT_METHODS)[number];

export const PAYMENT_LINK_STATUSES = ["open", "expired", "canceled", "paid", "processing"] as const;
export type PaymentLinkStatus = (typeof PAYMENT_LINK_STATUSES)[number];

export const PAYMENT_STATUSES = ["open", "pending", "authorized", "paid", "canceled", "expired", "failed"] as const;
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];

/** One line of a basket. `unit_price` is net of VAT with two decimals at most; `vat_rate` is a percentage ("21.0"). */
export interface BasketItem {
  readonly title: string;
  readonly type?: "good" | "service" | undefined;
  readonly description?: string | undefined;
  readonly quantity: number;
  readonly measure_unit?: string | undefined;
  readonly unit_price: Money;
  readonly vat_rate: string;
}

/** Request body of `POST /v2/payment_links` for a basket. Strict: undocumented fields are never sent. */
export interface CreateBasketPaymentLink<Method extends string = PaymentMethodName> {
  readonly payment_link: {
    readonly potential_payment_methods: readonly Method[];
    readonly reusable: boolean;
    readonly items: readonly BasketItem[];
  };
}

/** Request body of `POST /v2/payment_links` for an invoice. */
export interface CreateInvoicePaymentLink<Method extends string = PaymentMethodName> {
  readonly payment_link: {
    readonly invoice_id: string;
    readonly invoice_number: string;
    readonly debitor_name: string;
    readonly amount: Money;
    readonly potential_payment_methods: readonly Method[];
  };
}

/** Request body of `POST /v2/payment_links`: one or the other. */
export type CreatePaymentLink = CreateBasketPaymentLink | CreateInvoicePaymentLink;

/** The same with the methods that Qonto lists as enabled, which may be unknown to this version. */
export type PaymentLinkToCreate =
  | CreateBasketPaymentLink<KnownOr<PaymentMethodName>>
  | CreateInvoicePaymentLink<KnownOr<PaymentMethodName>>;

/** A payment link as Qonto returns it. Lenient: unknown fields and enum values pass through. */
export interface PaymentLink {
  readonly id: string;
  readonly status: KnownOr<PaymentLinkStatus>;
  /** ISO 8601; null if no end is known, see `knownEnd`. */
  readonly expiration_date: string | null;
  readonly potential_payment_methods: readonly KnownOr<PaymentMethodName>[];
  readonly amount: Money;
  readonly resource_type: KnownOr<"Invoice" | "Basket">;
  readonly reusable: boolean;
  readonly created_at: string;
  readonly url: string;
  readonly items?: readonly BasketItem[] | null | undefined;
  readonly invoice_id?: string | null | undefined;
  readonly invoice_number?: string | null | undefined;
  readonly debitor_name?: string | null | undefined;
}

/** One successful or attempted payment of a payment link. `paid_at` is null until it is paid. */
export interface Payment {
  readonly id: string;
  readonly amount: Money;
  readonly status: KnownOr<PaymentStatus>;
  readonly created_at: string;
  readonly payment_method?: string | null | undefined;
  readonly paid_at?: string | null | undefined;
  readonly debitor_email?: string | null | undefined;
}

/** The pagination fields of every list of Qonto. */
export interface Pagination {
  readonly current_page: number;
  readonly next_page: number | null;
  readonly prev_page: number | null;
  readonly total_pages: number;
  readonly total_count: number;
  readonly per_page: number;
}

export const PAYMENT_LINK_ORDERS = [
  "amount:asc",
  "amount:desc",
  "expiration_date:asc",
  "expiration_date:desc",
] as const;
export const PAYMENT_ORDERS = ["creation_date:asc", "creation_date:desc"] as const;

/** The query of `GET /v2/payment_links`. `page` begins with 1, `per_page` is 1 to 100. */
export type ListPaymentLinksQuery = {
  readonly status?: readonly PaymentLinkStatus[] | undefined;
  readonly sort_by?: (typeof PAYMENT_LINK_ORDERS)[number] | undefined;
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
};

/** The query of `GET /v2/payment_links/{id}/payments`. */
export type ListPaymentsQuery = {
  readonly status?: readonly PaymentStatus[] | undefined;
  readonly sort_by?: (typeof PAYMENT_ORDERS)[number] | undefined;
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
};

export interface PaymentLinkPage {
  readonly payment_links: readonly PaymentLink[];
  readonly meta: Pagination;
}

export interface PaymentPage {
  readonly payments: readonly Payment[];
  readonly meta: Pagination;
}

/**
 * The query of `GET /v2/payment_links/payment_methods`: the methods for an amount, or all of them. Both parameters or
 * none. Source: Qonto's Postman collection.
 */
export type ListPaymentMethodsQuery = {
  /** A decimal string. */
  readonly amount?: string | undefined;
  /** ISO 4217. */
  readonly currency?: string | undefined;
};

/** A payment method, and whether the merchant has enabled it at the provider. */
export interface PaymentMethod {
  readonly name: KnownOr<PaymentMethodName>;
  readonly enabled: boolean;
}
