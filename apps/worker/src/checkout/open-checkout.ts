import type { CheckoutOpener, Metadata, SoldProduct } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { PaymentMethodName } from "@qonto-pay/core/qonto";
import { requireStorage } from "../accounts/require-storage.ts";
import { ApiError } from "../errors/api-error.ts";
import { invoiceAlreadyPaid, orderAlreadyPaid } from "../errors/order-already-paid.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { randomId } from "../crypto/random-id.ts";
import {
  type Checkout,
  type CheckoutWithLink,
  invoiceOfReference,
  invoiceReference,
  ownReferencesOf,
  type References,
} from "../storage/checkouts.ts";
import { isOver } from "../payment-link/has-ended.ts";
import { createPaymentLink, type Sale } from "../payment-link/create-payment-link.ts";
import { OrderReplacement, OrderTaken } from "./order-replacement.ts";
import { supersedeCheckouts } from "./supersede-checkouts.ts";

/** The order and its terms. */
export interface CheckoutOrder {
  readonly sale: Sale;
  readonly amount: Money;
  readonly reference: string | null;
  readonly metadata: Metadata;
  /** The products of the catalogue; null: the merchant's server set the prices. */
  readonly products: readonly SoldProduct[] | null;
  readonly isReusable: boolean;
  readonly openedBy: CheckoutOpener;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
  readonly locale: string | null;
  readonly closesAt: number | null;
  readonly methods?: readonly PaymentMethodName[] | undefined;
}

/** Identifies the attempt, for idempotency. */
export interface Attempt {
  readonly id: string;
  /** The fingerprint of the request: its canonical text. */
  readonly intent: string;
  /** The field that named the attempt. The error for another request with the same attempt names it. */
  readonly param: string;
}

/** An opened checkout. */
export interface OpenedCheckout {
  readonly checkout: CheckoutWithLink;
  /** Whether this call created its link. */
  readonly isNew: boolean;
}

/**
 * Opens a checkout: stores it, creates its link, and supersedes earlier checkouts for the same reference. The same
 * attempt always gets the same checkout, even for concurrent requests.
 *
 * @param prepare prices the order. Called only if no link exists yet. It must be synchronous.
 * @throws ApiError `idempotency_key_reused`; `order_already_paid`; `checkout_not_open` if the attempt ended, or its
 *   time was over, before it had a link; `storage_full`; and the errors of `prepare` and `createPaymentLink`.
 */
export async function openCheckout(
  merchant: MerchantContext,
  attempt: Attempt,
  prepare: () => CheckoutOrder,
): Promise<OpenedCheckout> {
  const opened = await findOrMint(merchant, attempt, prepare);
  const { isReferenceOwn, reference } = opened.checkout;
  // Runs even for a repeated call: the first one may have died right after it got its link.
  if (isReferenceOwn && reference !== null) supersedeCheckouts(merchant, reference);
  return opened;
}

async function findOrMint(
  merchant: MerchantContext,
  attempt: Attempt,
  prepare: () => CheckoutOrder,
): Promise<OpenedCheckout> {
  const earlier = merchant.checkouts.findByAttempt(attempt.id);
  if (earlier !== null && earlier.intent !== attempt.intent) {
    throw new ApiError("idempotency_key_reused", { param: attempt.param });
  }
  if (earlier !== null && earlier.link !== null) return { checkout: earlier, isNew: false };
  if (earlier !== null && isOver(earlier, Date.now())) throw new ApiError("checkout_not_open");
  const underWay = earlier === null ? undefined : merchant.inFlightCreations.get(earlier.id);
  if (underWay !== undefined) return { checkout: await underWay, isNew: false };

  if (earlier === null) requireStorage(merchant);
  // No await from here until the creation is registered, so that a second click finds the first one.
  const order = prepare();
  const references = earlier ?? referencesOf(order);
  const settled = settledOrder(merchant, references);
  if (settled !== null) return { checkout: settled, isNew: false };
  const id = store(merchant, attempt, order, earlier);
  const { sale, isReusable, methods } = order;
  const { reference, isReferenceOwn } = references;
  const replacement = new OrderReplacement(merchant, id, references);
  const terms = { checkoutId: id, reference, isReferenceOwn, isReusable, methods, replacement };
  const mint = createPaymentLink(merchant, { ...terms, sale })
    .catch((error: unknown) => {
      replacement.abandon();
      if (error instanceof OrderTaken) return takenOrder(merchant.checkouts.find(id) ?? references, error.checkout);
      throw error;
    })
    .finally(() => merchant.inFlightCreations.delete(id));
  merchant.inFlightCreations.set(id, mint);
  const checkout = await mint;
  return { checkout, isNew: checkout.id === id };
}

/** The references of an order without a checkout yet. The server may change those of a checkout later. */
function referencesOf({ reference, openedBy, sale }: CheckoutOrder): References {
  const ofInvoice = sale.kind === "invoice" ? invoiceReference(sale.invoice.invoice_id) : null;
  return { reference, openingReference: reference ?? ofInvoice, isReferenceOwn: openedBy !== "button", openedBy };
}

/**
 * Ensures that an order is paid once. A shopper who takes an offer for a paid order, or one that is being paid, gets
 * its checkout. A reference from a page with a `button` may come from any visitor and proves nothing.
 *
 * @returns the checkout that has paid the order or is being paid; null: none.
 * @throws ApiError `order_already_paid` for the merchant's own server; `checkout_not_open` for a `button` whose
 *   checkout received the reference from the server.
 */
function settledOrder(merchant: MerchantContext, references: References): CheckoutWithLink | null {
  for (const reference of ownReferencesOf(references)) {
    const settled = merchant.checkouts.settledForReference(reference);
    if (settled !== null) return takenOrder(references, settled);
  }
  return null;
}

/** @returns the order's checkout, for a shopper who takes an offer. @throws ApiError as `settledOrder`. */
function takenOrder(references: References, taken: Checkout): CheckoutWithLink {
  const { openedBy } = references;
  if (openedBy === "offer" && taken.link !== null) return taken;
  if (openedBy === "button") throw new ApiError("checkout_not_open");
  const own = ownReferencesOf(taken);
  const reference = ownReferencesOf(references).find((one) => own.includes(one)) ?? "";
  const invoiceId = invoiceOfReference(reference);
  throw invoiceId === null ? orderAlreadyPaid(reference, taken) : invoiceAlreadyPaid(invoiceId, taken);
}

/** Stores the checkout without a link. An attempt that failed before gets a new price. @returns its id. */
function store(merchant: MerchantContext, attempt: Attempt, order: CheckoutOrder, earlier: Checkout | null): string {
  const { sale: _sale, methods: _methods, ...kept } = order;
  if (earlier !== null) {
    merchant.checkouts.reprice(earlier.id, order.amount);
    return earlier.id;
  }
  const id = randomId("co");
  const { id: attemptId, intent } = attempt;
  const { openingReference } = referencesOf(order);
  merchant.checkouts.add({ id, attemptId, intent, openingReference, ...kept }, Date.now());
  return id;
}
