import type { CheckoutOpener, CheckoutStatus, Metadata, SoldProduct } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import { knownEnd, type PaymentLink } from "@qonto-pay/core/qonto";

/** The payment link that a checkout owns. */
export interface OwnedLink {
  readonly id: string;
  readonly url: string;
  /** When Qonto's link ends; null if no end is known. */
  readonly endsAt: number | null;
  /** The link as Qonto last returned it. */
  readonly body: PaymentLink;
}

export interface NewCheckout {
  readonly id: string;
  readonly attemptId: string;
  /** The request as one canonical text. The same attempt must send the same request. */
  readonly intent: string;
  readonly reference: string | null;
  /**
   * Identifies its order permanently, even if the merchant's server sets another reference later: the reference that it was
   * opened with, or its invoice (`invoiceReference`).
   */
  readonly openingReference: string | null;
  readonly amount: Money;
  readonly metadata: Metadata;
  /** The products of the catalogue; null: the merchant's server set the prices. */
  readonly products: readonly SoldProduct[] | null;
  /** Whether any number of people may pay it. */
  readonly isReusable: boolean;
  /** Who opened it, and therefore who chose its reference. Only a checkout of the merchant replaces another one. */
  readonly openedBy: CheckoutOpener;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  /** Locale of the status page; null: that of the shopper's browser. */
  readonly locale: string | null;
  /** When its link is deactivated; null: Qonto ends the link, or it has none yet. */
  readonly closesAt: number | null;
}

/** A checkout with a link, which can or could be paid. A checkout never loses its link. */
export interface CheckoutWithLink extends CheckoutFields {
  readonly link: OwnedLink;
}

/** A checkout for which Qonto has not returned a link yet, or that ended before it got one. */
export interface CheckoutWithoutLink extends CheckoutFields {
  readonly link: null;
}

export type Checkout = CheckoutWithLink | CheckoutWithoutLink;

interface CheckoutFields extends Omit<NewCheckout, "attemptId"> {
  /** Whether the merchant chose the `reference`. A button can send any. */
  readonly isReferenceOwn: boolean;
  readonly status: CheckoutStatus;
  /** The id of the checkout that replaced it. */
  readonly supersededBy: string | null;
  /** The time at which it was closed because it had expired. */
  readonly closedAt: number | null;
  readonly createdAt: number;
  /** When it was last found to be paid, expired or canceled. */
  readonly endedAt: number | null;
  /** The time since which Qonto's link has been `paid` without a paid payment; null: it is not. */
  readonly paidLinkSeenAt: number | null;
  /** When it last had activity: its creation, or an event from Qonto. */
  readonly heardAt: number;
  /** The number of consecutive failed reads from Qonto. */
  readonly failedReads: number;
}

/** A row of the table `checkouts`. */
export interface Row extends Record<string, SqlStorageValue> {
  id: string;
  intent: string;
  reference: string | null;
  opening_reference: string | null;
  reference_set: number;
  status: string;
  amount: string;
  currency: string;
  metadata: string;
  products: string | null;
  reusable: number;
  opened_by: string;
  success_url: string | null;
  cancel_url: string | null;
  locale: string | null;
  superseded_by: string | null;
  closes_at: number | null;
  closed_at: number | null;
  created_at: number;
  payment_link: string | null;
  link_id: string | null;
  pay_url: string | null;
  expires_at: string | null;
  ended_at: number | null;
  paid_link_seen_at: number | null;
  heard_at: number;
  failed_reads: number;
}

/** The columns of a `Row`. */
export const COLUMNS =
  "id, intent, reference, opening_reference, reference_set, status, amount, currency, metadata, products, reusable, opened_by, success_url, cancel_url, locale, superseded_by, closes_at, closed_at, created_at, payment_link, link_id, pay_url, expires_at, ended_at, paid_link_seen_at, heard_at, failed_reads";

/** Returns the checkout in a row. */
export function checkoutOf(row: Row): Checkout {
  const { link_id, pay_url, expires_at, payment_link } = row;
  const body = payment_link === null ? null : (JSON.parse(payment_link) as PaymentLink);
  const hasLink = link_id !== null && pay_url !== null && body !== null;
  return {
    id: row.id,
    intent: row.intent,
    reference: row.reference,
    openingReference: row.opening_reference,
    isReferenceOwn: row.opened_by !== "button" || row.reference_set === 1,
    status: row.status as CheckoutStatus,
    amount: { value: row.amount, currency: row.currency },
    metadata: JSON.parse(row.metadata) as Metadata,
    products: row.products === null ? null : (JSON.parse(row.products) as readonly SoldProduct[]),
    isReusable: row.reusable === 1,
    openedBy: row.opened_by as CheckoutOpener,
    successUrl: row.success_url,
    cancelUrl: row.cancel_url,
    locale: row.locale,
    supersededBy: row.superseded_by,
    closesAt: row.closes_at,
    closedAt: row.closed_at,
    createdAt: row.created_at,
    endedAt: row.ended_at,
    paidLinkSeenAt: row.paid_link_seen_at,
    link: hasLink ? { id: link_id, url: pay_url, endsAt: knownEnd(expires_at, body.created_at), body } : null,
    heardAt: row.heard_at,
    failedReads: row.failed_reads,
  };
}

/** Returns the checkout in a row with a link. Only SQL outside of this file could remove a link. */
export function checkoutWithLinkOf(row: Row): CheckoutWithLink {
  const checkout = checkoutOf(row);
  if (checkout.link === null) throw new TypeError("the link of a checkout is missing");
  return checkout;
}

const INVOICE = "invoice:";

/** Returns the reference of an invoice that came without one: an invoice is an order of its own. */
export function invoiceReference(invoiceId: string): string {
  return `${INVOICE}${invoiceId.toLowerCase()}`;
}

/** Returns the id of the invoice that a reference stands for; null: it is a reference that the merchant chose. */
export function invoiceOfReference(reference: string): string | null {
  return reference.startsWith(INVOICE) ? reference.slice(INVOICE.length) : null;
}

/** The references of a checkout, and who chose them. */
export type References = Pick<Checkout, "reference" | "openingReference" | "isReferenceOwn" | "openedBy">;

/** Returns the references of a checkout that the merchant chose. Each is paid once. */
export function ownReferencesOf(references: References): readonly string[] {
  const { reference, openingReference, isReferenceOwn, openedBy } = references;
  const own = [isReferenceOwn ? reference : null, openedBy === "button" ? null : openingReference];
  return [...new Set(own.filter((text) => text !== null))];
}
