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

/** What must not compile, each beside what must. It is never run: the types check is its test. */

declare const qontoPay: QontoPay;
declare const error: QontoPayError;
const price = { value: "9.99", currency: "EUR" };

/** A checkout is of items or of an invoice. */
export const checkouts: readonly CreateCheckout[] = [
  { items: [POSTER], reusable: true, reference: "ORDER-1", metadata: { cart: "7" }, expires_in: 600 },
  { invoice: INVOICE, payment_methods: ["credit_card"], locale: "de-AT" },
  { items: [POSTER], discount: price, store_credit: price, total: price },
  { items: [{ title: "Tea", quantity: 0.3, line_total: price, tax_behavior: "exclusive", vat_rate: "5.5" }] },
  { items: [{ ...POSTER, vat_rate: "0.9", allow_small_vat_rate: true }] },
  // @ts-expect-error: an item has a price or a total
  { items: [{ ...POSTER, line_total: price }] },
  // @ts-expect-error: an item has one of them
  { items: [{ title: "Tea", quantity: 0.3, tax_behavior: "exclusive", vat_rate: "5.5" }] },
  // @ts-expect-error: an invoice has its amount
  { invoice: INVOICE, discount: price },
  // @ts-expect-error: it is one or the other
  { items: [POSTER], invoice: INVOICE },
  // @ts-expect-error: it is one of them
  { reference: "ORDER-1" },
  // @ts-expect-error: an invoice is paid once
  { invoice: INVOICE, reusable: true },
  // @ts-expect-error: a price is a decimal string, never a float
  { items: [{ ...POSTER, price: { value: 9.99, currency: "EUR" } }] },
  // @ts-expect-error: a price has a currency
  { items: [{ ...POSTER, price: "9.99" }] },
  // @ts-expect-error: whether a price contains the VAT has to be said
  { items: [{ title: "Poster", quantity: 1, price, vat_rate: "20" }] },
  // @ts-expect-error: unknown fields are refused by the Worker
  { items: [POSTER], amount: price },
  // @ts-expect-error: unknown fields are refused by the Worker, in an item too
  { items: [{ ...POSTER, colour: "red" }] },
  // @ts-expect-error: no such method
  { items: [POSTER], payment_methods: ["cash"] },
  // @ts-expect-error: metadata are texts
  { items: [POSTER], metadata: { cart: 7 } },
];

/** A product has a price, or an amount of the shopper's choice. */
export const products: readonly ProductBody[] = [
  { title: "Mug", price, tax_behavior: "inclusive", vat_rate: "20" },
  { title: "Tip", type: "service", open_amount: { min: price, max: price }, vat_rate: "0" },
  { title: "Mug", price, tax_behavior: "inclusive", vat_rate: "0.9", allow_small_vat_rate: true },
  // @ts-expect-error: its id is in the address
  { id: "mug", title: "Mug", price, tax_behavior: "inclusive", vat_rate: "20" },
  // @ts-expect-error: it has to cost something
  { title: "Mug", tax_behavior: "inclusive", vat_rate: "20" },
  // @ts-expect-error: no such behaviour
  { title: "Mug", price, tax_behavior: "included", vat_rate: "20" },
];

/** An offer expires, and is of a checkout that is not reusable. */
export const offers: readonly Offer[] = [
  { checkout: { items: [POSTER] }, expiresIn: 600 },
  { checkout: { invoice: INVOICE }, expiresIn: 600, singleUse: true, id: "invoice-2026-00042" },
  // @ts-expect-error: it has to expire
  { checkout: { items: [POSTER] } },
  // @ts-expect-error: single use is said by the offer, not by the checkout
  { checkout: { items: [POSTER], reusable: true }, expiresIn: 600 },
];

/** Queries know the words of the API. */
export const queries: readonly unknown[] = [
  qontoPay.checkouts.list({ status: ["open", "paid"], limit: 10 }),
  qontoPay.checkouts.list({ metadata: { order_id: "123" } }),
  qontoPay.paymentLinks.list({ sort_by: "amount:asc" }),
  // @ts-expect-error: metadata are texts
  qontoPay.checkouts.list({ metadata: { order_id: 123 } }),
  // @ts-expect-error: no such status
  qontoPay.checkouts.list({ status: ["payed"] }),
  // @ts-expect-error: several are a list
  qontoPay.checkouts.list({ status: "open" }),
  // @ts-expect-error: no such order
  qontoPay.paymentLinks.list({ sort_by: "amount" }),
  // @ts-expect-error: checkouts are paged by cursor
  qontoPay.checkouts.list({ page: 2 }),
  // @ts-expect-error: an id is a text
  qontoPay.checkouts.get(7),
  // @ts-expect-error: what only reads needs no key
  qontoPay.checkouts.get("co_1", { idempotencyKey: "order-0001" }),
];

/** Answers are as narrow as they can be, and codes are known without being closed. */
export async function readAnswers(): Promise<readonly unknown[]> {
  const { status, url, payments } = await qontoPay.checkouts.get("co_1");
  const known: ApiErrorCode = "price_changed";
  return [
    status === "paid",
    // @ts-expect-error: no such status
    status === "payed",
    url?.length,
    // @ts-expect-error: there may be no link
    url.length,
    payments.at(-1)?.paid_at,
    // @ts-expect-error: what was answered is not changed
    payments.push(),
    error.code === known,
    error.code === "a_code_of_a_later_version",
  ];
}

/** What a check measured is known by its name. */
export async function readReport(): Promise<readonly unknown[]> {
  const { healthy, checks } = await qontoPay.diagnostics.run();
  return checks.map((check) => [
    healthy,
    check.name === "access_token" && check.measured?.latency_ms,
    // @ts-expect-error: the check may not have been made
    check.name === "access_token" && check.measured.latency_ms,
    // @ts-expect-error: measured by another check
    check.name === "access_token" && check.measured?.skew_ms,
    // @ts-expect-error: no such check
    check.name === "pulse",
    // @ts-expect-error: no such status
    check.status === "broken",
  ]);
}

/** The type of an event says what its data holds. */
export function readEvent(event: MerchantEvent): unknown {
  // Without a look at the type, anything may be absent.
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

/** What can be changed, and what null removes. */
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
