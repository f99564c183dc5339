import type {
  ApiErrorCode,
  CreateCheckout,
  MerchantEvent,
  Offer,
  ProductBody,
  QontoPay,
  QontoPayError,
  UpdateCheckoutRequest,
  UpdateProductRequest,
} from "../../src/index.ts";
import { INVOICE, POSTER } from "../setup/bodies.ts";

/** Code that must compile, beside code that must not. It is never run: the type check is the test. */

declare const qontoPay: QontoPay;
declare const error: QontoPayError;
const price = { value: "9.99", currency: "EUR" };

/** A checkout has items or an invoice. */
export const checkouts: readonly CreateCheckout[] = [
  { items: [POSTER], reusable: true, reference: "ORDER-1", metadata: { cart: "7" }, expires_in: 600 },
  { invoice: INVOICE, payment_methods: ["credit_card"], locale: "de-AT" },
  { items: [POSTER], discount: price, store_credit: price, total: price },
  { items: [{ title: "Tea", quantity: 0.3, line_total: price, tax_behavior: "exclusive", vat_rate: "5.5" }] },
  { items: [{ ...POSTER, vat_rate: "0.9", allow_small_vat_rate: true }] },
  // @ts-expect-error: an item has a price or a total
  { items: [{ ...POSTER, line_total: price }] },
  // @ts-expect-error: an item has a price or a total, not neither
  { items: [{ title: "Tea", quantity: 0.3, tax_behavior: "exclusive", vat_rate: "5.5" }] },
  // @ts-expect-error: an invoice has no discount
  { invoice: INVOICE, discount: price },
  // @ts-expect-error: a checkout has items or an invoice, not both
  { items: [POSTER], invoice: INVOICE },
  // @ts-expect-error: a checkout has items or an invoice, not neither
  { reference: "ORDER-1" },
  // @ts-expect-error: an invoice is paid once
  { invoice: INVOICE, reusable: true },
  // @ts-expect-error: a price is a decimal string, never a float
  { items: [{ ...POSTER, price: { value: 9.99, currency: "EUR" } }] },
  // @ts-expect-error: a price has a currency
  { items: [{ ...POSTER, price: "9.99" }] },
  // @ts-expect-error: tax_behavior is required
  { items: [{ title: "Poster", quantity: 1, price, vat_rate: "20" }] },
  // @ts-expect-error: the Worker rejects unknown fields
  { items: [POSTER], amount: price },
  // @ts-expect-error: the Worker rejects unknown fields in an item, too
  { items: [{ ...POSTER, colour: "red" }] },
  // @ts-expect-error: no such method
  { items: [POSTER], payment_methods: ["cash"] },
  // @ts-expect-error: metadata values are strings
  { items: [POSTER], metadata: { cart: 7 } },
];

/** A product has a price, or an amount that the shopper chooses. */
export const products: readonly ProductBody[] = [
  { title: "Mug", price, tax_behavior: "inclusive", vat_rate: "20" },
  { title: "Tip", type: "service", open_amount: { min: price, max: price }, vat_rate: "0" },
  { title: "Mug", price, tax_behavior: "inclusive", vat_rate: "0.9", allow_small_vat_rate: true },
  // @ts-expect-error: the id is in the path
  { id: "mug", title: "Mug", price, tax_behavior: "inclusive", vat_rate: "20" },
  // @ts-expect-error: a price or an open amount is required
  { title: "Mug", tax_behavior: "inclusive", vat_rate: "20" },
  // @ts-expect-error: no such behaviour
  { title: "Mug", price, tax_behavior: "included", vat_rate: "20" },
];

/** An offer expires, and its checkout is not reusable. */
export const offers: readonly Offer[] = [
  { checkout: { items: [POSTER] }, expiresIn: 600 },
  { checkout: { invoice: INVOICE }, expiresIn: 600, singleUse: true, id: "invoice-2026-00042" },
  // @ts-expect-error: an offer must expire
  { checkout: { items: [POSTER] } },
  // @ts-expect-error: the offer sets singleUse; the checkout can't be reusable
  { checkout: { items: [POSTER], reusable: true }, expiresIn: 600 },
];

/** Queries accept only the values of the API. */
export const queries: readonly unknown[] = [
  qontoPay.checkouts.list({ status: ["open", "paid"], limit: 10 }),
  qontoPay.checkouts.list({ metadata: { order_id: "123" } }),
  qontoPay.paymentLinks.list({ sort_by: "amount:asc" }),
  // @ts-expect-error: metadata values are strings
  qontoPay.checkouts.list({ metadata: { order_id: 123 } }),
  // @ts-expect-error: no such status
  qontoPay.checkouts.list({ status: ["payed"] }),
  // @ts-expect-error: statuses are a list
  qontoPay.checkouts.list({ status: "open" }),
  // @ts-expect-error: no such sort order
  qontoPay.paymentLinks.list({ sort_by: "amount" }),
  // @ts-expect-error: checkouts are paged by cursor
  qontoPay.checkouts.list({ page: 2 }),
  // @ts-expect-error: an id is a string
  qontoPay.checkouts.get(7),
  // @ts-expect-error: a call that only reads takes no idempotencyKey
  qontoPay.checkouts.get("co_1", { idempotencyKey: "order-0001" }),
];

/** Responses have narrow types. Error codes are known, and codes of later versions are accepted. */
export async function readAnswers(): Promise<readonly unknown[]> {
  const { status, url, payments } = await qontoPay.checkouts.get("co_1");
  const known: ApiErrorCode = "price_changed";
  return [
    status === "paid",
    // @ts-expect-error: no such status
    status === "payed",
    url?.length,
    // @ts-expect-error: the link may be null
    url.length,
    payments.at(-1)?.paid_at,
    // @ts-expect-error: a response is readonly
    payments.push(),
    error.code === known,
    error.code === "a_code_of_a_later_version",
  ];
}

/** The name of a check determines the type of its measurements. */
export async function readReport(): Promise<readonly unknown[]> {
  const { healthy, checks } = await qontoPay.diagnostics.run();
  return checks.map((check) => [
    healthy,
    check.name === "access_token" && check.measured?.latency_ms,
    // @ts-expect-error: the check may not have run
    check.name === "access_token" && check.measured.latency_ms,
    // @ts-expect-error: another check measures this
    check.name === "access_token" && check.measured?.skew_ms,
    // @ts-expect-error: no such check
    check.name === "pulse",
    // @ts-expect-error: no such status
    check.status === "broken",
  ]);
}

/** The type of an event determines its data. */
export function readEvent(event: MerchantEvent): unknown {
  // If the type is not checked, every field may be absent.
  const anyReference = event.data.checkout?.reference;
  // @ts-expect-error: events of other types have no checkout
  const reference = event.data.checkout.reference;
  switch (event.type) {
    case "checkout.paid":
    case "checkout.updated":
      // @ts-expect-error: it has no payment
      return [event.data.checkout.metadata, event.data.payment.id];
    case "checkout.amount_mismatch":
      return [event.data.checkout.amount, event.data.payment.amount];
    case "checkout.duplicate_payment":
      return [event.data.duplicate_of, event.data.payment?.id];
    case "connection.changed":
      return event.data.connection.status;
    case "authorization.action_required":
      // @ts-expect-error: no such reason
      return event.data.consent.reason === "tired";
    case "authorization.suspended":
      return event.data.authorization.reason;
    // @ts-expect-error: no such type
    case "checkout.payed":
      return null;
    default:
      return [anyReference, reference];
  }
}

/** Changes, and null for fields that are removed. */
export const changes: readonly UpdateCheckoutRequest[] = [
  { reference: "ORDER-1", metadata: { order_id: "1", cart: null } },
  { reference: null, metadata: null },
  // @ts-expect-error: an amount never changes
  { amount: price },
];
export const productChanges: readonly UpdateProductRequest[] = [
  { price },
  { description: null, min_quantity: null },
  // @ts-expect-error: a product has a title
  { title: null },
];
