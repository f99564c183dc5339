import type { InvoiceToPay } from "@qonto-pay/core/api";
import { type BuiltBasket, isSameAmount, type Money } from "@qonto-pay/core/money";
import type { BasketItem, KnownOr, PaymentLink, PaymentLinkToCreate, PaymentMethodName } from "@qonto-pay/core/qonto";
import { ApiError } from "../errors/api-error.ts";
import { notFoundError } from "../connection/cannot-sell-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { BasketWriter } from "../pricing/price-lines.ts";
import { learn, type LearnedRounding, NOTHING_KNOWN, policiesToMeet } from "../pricing/learned-rounding.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import { isOver } from "./has-ended.ts";
import { basketBody, invoiceBody, type LinkTerms, methodsOf } from "./link-payload.ts";
import { type RequestedLink, requireConnected, reserveAndCreate } from "./reserve-and-create.ts";
import type { Checkout, CheckoutWithLink } from "../storage/checkouts.ts";

/** The time of the first poll of a link without a webhook. */
export const FIRST_READ_AFTER_MS = 60_000;

/** The order of a link. */
export type Sale =
  | {
      readonly kind: "basket";
      /** Results in the displayed amount with every rounding policy. */
      readonly safe: BuiltBasket;
      /** More natural lines for the same amount. */
      readonly write: BasketWriter;
    }
  | { readonly kind: "invoice"; readonly invoice: InvoiceToPay }
  /** Lines in Qonto's own format. No shopper has seen an amount yet, so Qonto's own counts. */
  | { readonly kind: "qonto_items"; readonly items: readonly BasketItem[] };

/** Replaces the order's other links while a link is created. */
export interface Replacement {
  /** Starts to deactivate them. Called right before the link is requested. */
  start(): void;
  /**
   * Waits for the links that may still be paid.
   *
   * @param checkout the checkout that gets the new link, in its present state.
   * @returns null if there is no link to wait for. Otherwise check again afterwards, since the state may have changed.
   * @throws if one of them can be paid or was paid. The new link is then deactivated.
   */
  finish(checkout: Checkout): Promise<void> | null;
}

/** A checkout whose link is being created. */
export interface NewPaymentLink {
  readonly checkoutId: string;
  readonly reference: string | null;
  /** Whether the merchant chose the reference. A page's reference may be any text. */
  readonly isReferenceOwn: boolean;
  readonly isReusable: boolean;
  /** Default: all enabled methods. */
  readonly methods?: readonly PaymentMethodName[] | undefined;
  readonly sale: Sale;
  readonly replacement: Replacement;
}

/** The terms of the link, and the replacement of the order's other links. */
type MintTerms = LinkTerms & Pick<NewPaymentLink, "replacement">;

/**
 * Creates the payment link of a checkout and records it. A basket gets the most natural lines for Qonto's presumed
 * rounding. If Qonto's amount differs from the displayed one, the link is requested again with lines that give the same
 * amount with every rounding policy.
 *
 * @returns the checkout with its link.
 * @throws ApiError `amount_mismatch`, `checkout_not_open`, `pay_url_not_allowed`, `payment_method_not_enabled`,
 *   `merchant_not_connected`, `qonto_rate_limited`, `qonto_refused`, `qonto_unavailable`; and the errors of
 *   `replacement`.
 */
export async function createPaymentLink(
  merchant: MerchantContext,
  { sale, ...mint }: NewPaymentLink,
): Promise<CheckoutWithLink> {
  const terms = { ...mint, methods: await enabledMethods(merchant, mint.methods, amountOf(sale)) };
  requireConnected(merchant);
  mint.replacement.start();
  const checkout = await mintSale(merchant, sale, terms);
  if (checkout !== null) return checkout;
  throw new ApiError("amount_mismatch", { reason: "no known rounding policy explains Qonto's amount" });
}

function amountOf(sale: Sale): Money | null {
  switch (sale.kind) {
    case "basket":
      return sale.safe.shown;
    case "invoice":
      return sale.invoice.amount;
    case "qonto_items":
      return null;
  }
}

/** @returns null in the same cases as `mintOnce`. */
async function mintSale(merchant: MerchantContext, sale: Sale, terms: MintTerms): Promise<CheckoutWithLink | null> {
  switch (sale.kind) {
    case "basket":
      return mintBasket(merchant, sale.safe, sale.write, terms);
    case "invoice":
      return mintOnce(merchant, terms, invoiceBody(sale.invoice, terms), sale.invoice.amount, null);
    case "qonto_items":
      return mintOnce(merchant, terms, basketBody(sale.items, terms), null, sale.items);
  }
}

async function mintBasket(
  merchant: MerchantContext,
  safe: BuiltBasket,
  write: BasketWriter,
  terms: MintTerms,
): Promise<CheckoutWithLink | null> {
  const likely = write(policiesToMeet(merchant.settings.read("rounding") ?? NOTHING_KNOWN)).items;
  const checkout = await mintOnce(merchant, terms, basketBody(likely, terms), safe.shown, likely);
  const isWorthAnotherTry = checkout === null && JSON.stringify(safe.items) !== JSON.stringify(likely);
  return isWorthAnotherTry
    ? mintOnce(merchant, terms, basketBody(safe.items, terms), safe.shown, safe.items)
    : checkout;
}

/**
 * Creates one link and checks its amount.
 *
 * @param shown the displayed amount; null: none yet.
 * @param items the lines, from whose amount Qonto's rounding is learned; null: an invoice.
 * @returns null if Qonto would charge an amount other than the displayed one. That link is then deactivated.
 */
async function mintOnce(
  merchant: MerchantContext,
  terms: MintTerms,
  body: PaymentLinkToCreate,
  shown: Money | null,
  items: readonly BasketItem[] | null,
): Promise<CheckoutWithLink | null> {
  const { link, noteId } = await reserveAndCreate(merchant, terms.checkoutId, body, shown);
  if (!isUrlAllowed(link.url, merchant.config.payHosts)) {
    discard(merchant, noteId, link);
    throw new ApiError("pay_url_not_allowed");
  }
  if (items !== null) learnRounding(merchant, items, link.amount);
  if (shown !== null && !isSameAmount(link.amount, shown)) {
    discard(merchant, noteId, link);
    return null;
  }
  return recordIfWanted(merchant, terms, { link, noteId }, shown === null);
}

/**
 * Records a link if its checkout is still open and no other checkout of the order has a payable link. No await separates
 * the last check of both from the writes.
 *
 * @param isPriced whether Qonto's amount becomes that of the checkout.
 * @throws ApiError `checkout_not_open` if the checkout is over by now; and the errors of `replacement`. The link is
 *   then deactivated.
 */
async function recordIfWanted(
  merchant: MerchantContext,
  { checkoutId, replacement }: MintTerms,
  { link, noteId }: RequestedLink,
  isPriced: boolean,
): Promise<CheckoutWithLink> {
  let checkout: Checkout | null;
  try {
    for (;;) {
      checkout = merchant.checkouts.find(checkoutId);
      if (checkout === null || isOver(checkout, Date.now())) {
        throw new ApiError("checkout_not_open", { reason: "its time was over before Qonto had created its link" });
      }
      const finishing = replacement.finish(checkout);
      if (finishing === null) break;
      await finishing;
    }
  } catch (error) {
    discard(merchant, noteId, link);
    throw error;
  }
  const now = Date.now();
  if (isPriced) merchant.checkouts.reprice(checkoutId, link.amount);
  const priced = isPriced ? { ...checkout, amount: link.amount } : checkout;
  const recorded = merchant.checkouts.recordLink(priced, link, now + FIRST_READ_AFTER_MS, now);
  merchant.linkReservations.remove(noteId);
  if (merchant.inbox.hasChangeOf(link.id)) merchant.checkoutReads.touch(checkoutId, now);
  return recorded;
}

function discard(merchant: MerchantContext, noteId: number, link: PaymentLink): void {
  merchant.linkReservations.identify(noteId, link.id, Date.now());
}

/** What lines and their amount have taught nothing new to. */
const taughtNothing = new WeakMap<readonly BasketItem[], { readonly known: LearnedRounding; readonly amount: Money }>();

function learnRounding(merchant: MerchantContext, items: readonly BasketItem[], amount: Money): void {
  const known = merchant.settings.read("rounding") ?? NOTHING_KNOWN;
  const before = taughtNothing.get(items);
  // The lines of one product are the same object each time.
  if (before?.known === known && isSameAmount(before.amount, amount)) return;
  const learned = learn(known, items, amount);
  if (JSON.stringify(learned) === JSON.stringify(known)) taughtNothing.set(items, { known, amount });
  else merchant.settings.write("rounding", learned);
}

async function enabledMethods(
  merchant: MerchantContext,
  asked: readonly PaymentMethodName[] | undefined,
  amount: Money | null,
): Promise<readonly KnownOr<PaymentMethodName>[]> {
  try {
    return await methodsOf(merchant, asked, amount);
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    throw fault.kind === "not_found" ? await notFoundError(merchant, fault) : toApiError(fault);
  }
}
