import type { InvoiceToPay } from "@qonto-pay/core/api";
import { type BuiltBasket, isSameAmount, type Money } from "@qonto-pay/core/money";
import type { BasketItem, KnownOr, PaymentLink, PaymentLinkToCreate, PaymentMethodName } from "@qonto-pay/core/qonto";
import { ApiError } from "../errors/api-error.ts";
import { notFoundError } from "../connection/cannot-sell-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { BasketWriter } from "../pricing/price-lines.ts";
import { learn, NOTHING_KNOWN, policiesToMeet } from "../pricing/learned-rounding.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import { isOver } from "./has-ended.ts";
import { basketBody, invoiceBody, type LinkTerms, methodsOf } from "./link-payload.ts";
import { requireConnected, reserveAndCreate } from "./reserve-and-create.ts";
import type { Checkout, CheckoutWithLink } from "../storage/checkouts.ts";

/** Without a webhook, the link is looked at for the first time after this. */
const FIRST_READ_AFTER_MS = 60_000;

/** What a link is to be made for. */
export type Sale =
  | {
      readonly kind: "basket";
      /** Comes to what the shopper was shown whatever way Qonto rounds. */
      readonly safe: BuiltBasket;
      /** Writes more natural lines for the same. */
      readonly write: BasketWriter;
    }
  | { readonly kind: "invoice"; readonly invoice: InvoiceToPay }
  /** Lines in Qonto's own form: nobody was shown an amount yet, so it is the one that Qonto answers. */
  | { readonly kind: "qonto_items"; readonly items: readonly BasketItem[] };

/** Takes an order's other links away while a link is created. */
export interface Replacement {
  /** Starts to deactivate them. Called right before the link is requested. */
  start(): void;
  /**
   * Waits for those that may still be paid.
   *
   * @param checkout that gets the new link, as it is now.
   * @returns false if there was none to wait for; otherwise look again, since much may have changed meanwhile.
   * @throws where one of them can be paid, or was: the new link is then deactivated.
   */
  finish(checkout: Checkout): Promise<boolean>;
}

/** A checkout that is being minted. */
export interface NewPaymentLink {
  readonly checkoutId: string;
  readonly reference: string | null;
  /** Whether the merchant chose the reference. One that a page sent may be any text. */
  readonly isReferenceOwn: boolean;
  readonly isReusable: boolean;
  /** All that are enabled where not given. */
  readonly methods?: readonly PaymentMethodName[] | undefined;
  readonly sale: Sale;
  readonly replacement: Replacement;
}

/** The terms of the link, and what takes the order's others away. */
type MintTerms = LinkTerms & Pick<NewPaymentLink, "replacement">;

/**
 * Mints the payment link of a checkout and records it. A basket gets the most natural lines for the way Qonto is thought
 * to round and, should its amount differ from the one shown, is asked for once more with lines that come out whatever
 * way it rounds.
 *
 * @returns the checkout with its link.
 * @throws ApiError `amount_mismatch`, `checkout_not_open`, `pay_url_not_allowed`, `payment_method_not_enabled`, `merchant_not_connected`,
 *   `qonto_rate_limited`, `qonto_refused`, `qonto_unavailable`; and what `replacement` throws.
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
  throw new ApiError("amount_mismatch", { reason: "Qonto's amount is explained by no rounding we know" });
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

/** @returns null as `mintOnce`. */
async function mintSale(merchant: MerchantContext, sale: Sale, terms: MintTerms): Promise<CheckoutWithLink | null> {
  switch (sale.kind) {
    case "basket":
      return mintBasket(merchant, sale.safe, sale.write, terms);
    case "invoice":
      return mintOnce(merchant, terms, invoiceBody(sale.invoice, terms), sale.invoice.amount);
    case "qonto_items":
      return mintOnce(merchant, terms, basketBody(sale.items, terms), null);
  }
}

async function mintBasket(
  merchant: MerchantContext,
  safe: BuiltBasket,
  write: BasketWriter,
  terms: MintTerms,
): Promise<CheckoutWithLink | null> {
  const likely = write(policiesToMeet(merchant.settings.read("rounding") ?? NOTHING_KNOWN)).items;
  const checkout = await mintOnce(merchant, terms, basketBody(likely, terms), safe.shown);
  const isWorthAnotherTry = checkout === null && JSON.stringify(safe.items) !== JSON.stringify(likely);
  return isWorthAnotherTry ? mintOnce(merchant, terms, basketBody(safe.items, terms), safe.shown) : checkout;
}

/**
 * One link and the amount guard.
 *
 * @param shown what the shopper was shown; null: nothing yet.
 * @returns null when Qonto would charge another amount than the one shown; that link is then deactivated.
 */
async function mintOnce(
  merchant: MerchantContext,
  terms: MintTerms,
  body: PaymentLinkToCreate,
  shown: Money | null,
): Promise<CheckoutWithLink | null> {
  const { link, noteId } = await reserveAndCreate(merchant, terms.checkoutId, body, shown);
  if (!isUrlAllowed(link.url, merchant.config.payHosts)) {
    discard(merchant, noteId, link);
    throw new ApiError("pay_url_not_allowed");
  }
  if ("items" in body.payment_link) learnRounding(merchant, body.payment_link.items, link);
  if (shown !== null && !isSameAmount(link.amount, shown)) {
    discard(merchant, noteId, link);
    return null;
  }
  await requireStillWanted(merchant, terms, noteId, link);
  if (shown === null) merchant.checkouts.reprice(terms.checkoutId, link.amount);
  return recordLink(merchant, terms.checkoutId, link, noteId);
}

/**
 * Qonto may have taken long, and other checkouts of the order may have links. No await separates the last look at both from
 * the return.
 *
 * @throws ApiError `checkout_not_open` where the checkout is over by now; what `replacement` throws. The link is deactivated.
 */
async function requireStillWanted(
  merchant: MerchantContext,
  { checkoutId, replacement }: MintTerms,
  noteId: number,
  link: PaymentLink,
): Promise<void> {
  try {
    for (let isSettled = false; !isSettled; ) {
      const checkout = merchant.checkouts.find(checkoutId);
      if (checkout === null || isOver(checkout, Date.now())) {
        throw new ApiError("checkout_not_open", { reason: "its time was over before Qonto had made its link" });
      }
      isSettled = !(await replacement.finish(checkout));
    }
  } catch (error) {
    discard(merchant, noteId, link);
    throw error;
  }
}

function recordLink(
  merchant: MerchantContext,
  checkoutId: string,
  link: PaymentLink,
  noteId: number,
): CheckoutWithLink {
  const now = Date.now();
  const checkout = merchant.checkouts.recordLink(checkoutId, link, now);
  merchant.linkReservations.remove(noteId);
  if (merchant.inbox.hasEventOf(link.id)) merchant.checkouts.touch(checkoutId, now);
  else merchant.checkouts.readLinkAt(checkoutId, now + FIRST_READ_AFTER_MS);
  return checkout;
}

function discard(merchant: MerchantContext, noteId: number, link: PaymentLink): void {
  merchant.linkReservations.identify(noteId, link.id, Date.now());
}

function learnRounding(merchant: MerchantContext, items: readonly BasketItem[], link: PaymentLink): void {
  const known = merchant.settings.read("rounding") ?? NOTHING_KNOWN;
  const learned = learn(known, items, link.amount);
  if (JSON.stringify(learned) !== JSON.stringify(known)) merchant.settings.write("rounding", learned);
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
