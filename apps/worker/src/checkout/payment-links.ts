import type { ServedPaymentLink, ServedPaymentLinkPage } from "@qonto-pay/core/api";
import { MoneyError, type Money, normalizeAmount, priceBasket } from "@qonto-pay/core/money";
import type {
  CreatePaymentLink,
  ListPaymentLinksQuery,
  ListPaymentMethodsQuery,
  ListPaymentsQuery,
  PaymentLink,
  PaymentMethod,
  PaymentPage,
} from "@qonto-pay/core/qonto";
import { ApiError } from "../errors/api-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import { amountError } from "../errors/amount-error.ts";
import { invoiceError } from "../errors/invoice-error.ts";
import { requireIdOfLink } from "../errors/id-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { reconcileCheckout } from "./reconcile-checkout.ts";
import { translateQontoErrors } from "../errors/translate-qonto-errors.ts";
import { isActivated } from "../connection/refresh-connection.ts";
import { openCheckout } from "./open-checkout.ts";
import type { ServerCall } from "../idempotency/server-call.ts";

/**
 * Qonto's operations on payment links, in Qonto's own format, for links from any source. A link of ours contains its
 * checkout.
 */

interface WhichLink {
  readonly id: string;
}

/** @throws ApiError `payment_links_not_activated`, and translated errors of Qonto, as all operations below. */
export async function listPaymentLinks(
  merchant: MerchantContext,
  query: ListPaymentLinksQuery,
): Promise<ServedPaymentLinkPage> {
  const page = await translateQontoErrors(() => merchant.qonto.listPaymentLinks(query), "payment_links_not_activated");
  return { ...page, payment_links: page.payment_links.map((link) => withCheckout(merchant, link)) };
}

/** @throws ApiError `payment_link_not_found`. */
export async function readPaymentLink(merchant: MerchantContext, { id }: WhichLink): Promise<ServedPaymentLink> {
  requireIdOfLink(id);
  const link = await translateQontoErrors(() => merchant.qonto.getPaymentLink(id), "payment_link_not_found");
  return withCheckout(merchant, link);
}

/** @throws ApiError `payment_link_not_found`. */
export async function listPayments(
  merchant: MerchantContext,
  { id, query }: WhichLink & { readonly query: ListPaymentsQuery },
): Promise<PaymentPage> {
  requireIdOfLink(id);
  return translateQontoErrors(() => merchant.qonto.listPayments(id, query), "payment_link_not_found");
}

/** @throws ApiError `payment_link_not_found`; `qonto_refused` if the link can no longer be deactivated. */
export async function deactivatePaymentLink(merchant: MerchantContext, { id }: WhichLink): Promise<ServedPaymentLink> {
  requireIdOfLink(id);
  return translateQontoErrors(() => deactivateAndAdvance(merchant, id), "payment_link_not_found");
}

async function deactivateAndAdvance(merchant: MerchantContext, id: string): Promise<ServedPaymentLink> {
  const owner = merchant.checkouts.findByLink(id);
  try {
    const link = await merchant.qonto.deactivatePaymentLink(id);
    if (owner !== null) await reconcileCheckout(merchant, owner.id);
    return withCheckout(merchant, link);
  } catch (fault) {
    // Regardless of Qonto's answer, the link may now differ from the checkout's status.
    if (owner !== null) merchant.checkoutReads.touch(owner.id, Date.now());
    throw fault;
  }
}

/** @throws ApiError `connection_not_found`, `payment_links_not_activated`: Qonto answers 404 for both. */
export async function listPaymentMethods(
  merchant: MerchantContext,
  query: ListPaymentMethodsQuery,
): Promise<{ readonly payment_link_payment_methods: readonly PaymentMethod[] }> {
  try {
    return { payment_link_payment_methods: await merchant.qonto.listPaymentMethods(query) };
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.kind !== "not_found") throw toApiError(fault);
    const isMissing = !(await translateQontoErrors(() => isActivated(merchant)));
    throw new ApiError(isMissing ? "payment_links_not_activated" : "connection_not_found", { reason: fault.message });
  }
}

/**
 * Creates a link and a checkout for it, so that it is tracked like any other. The amount of an invoice is compared with
 * the one sent. The amount of a basket is Qonto's own, since no shopper has seen one yet.
 *
 * @throws ApiError `payment_method_not_enabled`, and the errors of `openCheckout`.
 */
export async function createPaymentLink(
  merchant: MerchantContext,
  body: CreatePaymentLink,
  { attemptId }: ServerCall,
): Promise<ServedPaymentLink> {
  const attempt = { id: `server:${attemptId}`, intent: JSON.stringify(body), param: "Idempotency-Key" };
  const { checkout } = await openCheckout(merchant, attempt, () => orderOf(body)).catch((error: unknown) => {
    throw "items" in body.payment_link ? error : invoiceError(error, "payment_link");
  });
  return withCheckout(merchant, checkout.link.body);
}

/** Terms that Qonto's own requests do not have. */
const NO_TERMS = {
  reference: null,
  metadata: {},
  products: null,
  openedBy: "server",
  successUrl: null,
  cancelUrl: null,
  locale: null,
  closesAt: null,
} as const;

function orderOf(body: CreatePaymentLink) {
  const { payment_link: link } = body;
  const shared = { ...NO_TERMS, methods: link.potential_payment_methods, amount: amountOf(body) };
  if ("items" in link) {
    return { ...shared, sale: { kind: "qonto_items", items: link.items } as const, isReusable: link.reusable };
  }
  const { potential_payment_methods: _methods, ...invoice } = link;
  return { ...shared, sale: { kind: "invoice", invoice } as const, isReusable: false };
}

/**
 * Returns the amount: for a basket the likely one, until Qonto has answered with its own.
 *
 * @throws ApiError `amount_out_of_range` if the amount can't be paid, including zero.
 */
function amountOf({ payment_link: link }: CreatePaymentLink): Money {
  const param = "items" in link ? "payment_link.items" : "payment_link.amount";
  try {
    const amount =
      "items" in link
        ? priceBasket(link.items, { level: "line", mode: "half_up" }).gross
        : normalizeAmount(link.amount);
    if (/[1-9]/.test(amount.value)) return amount;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw amountError("items" in link ? `payment_link.${error.param}` : param, error);
  }
  throw amountError(param);
}

function withCheckout(merchant: MerchantContext, link: PaymentLink): ServedPaymentLink {
  const owner = merchant.checkouts.findByLink(link.id);
  if (owner === null) return link;
  const { id, openedBy: opened_by, status, reference, metadata } = owner;
  return { ...link, checkout: { id, opened_by, status, reference, metadata } };
}
