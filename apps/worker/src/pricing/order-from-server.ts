import type { ApiErrorCode, OfferedCheckout } from "@qonto-pay/core/api";
import {
  type BuiltBasket,
  buildBasket,
  isSameAmount,
  type Money,
  MoneyError,
  normalizeAmount,
  type RoundingPolicy,
} from "@qonto-pay/core/money";
import { ApiError } from "../errors/api-error.ts";
import { amountMessage } from "../errors/amount-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { Sale } from "../payment-link/create-payment-link.ts";
import type { CheckoutOrder } from "../checkout/open-checkout.ts";

/**
 * Returns an order with prices that the merchant's own server set: items with its own prices, or an invoice.
 *
 * @throws ApiError `amount_out_of_range` for an amount that can't be paid; `total_mismatch` if the sum of the items
 * differs from the shop's `total`; `invalid_request` for a page that is not the merchant's own, or a discount over
 * prices with and without VAT. The paths of an offer's fields begin with `offer.checkout`.
 */
export function orderFromServer(
  merchant: MerchantContext,
  request: OfferedCheckout,
  { openedBy, isReusable }: Pick<CheckoutOrder, "openedBy" | "isReusable">,
): CheckoutOrder {
  const { reference = null, success_url: successUrl = null, cancel_url: cancelUrl = null } = request;
  requireOwnPage(merchant, "success_url", successUrl, openedBy);
  requireOwnPage(merchant, "cancel_url", cancelUrl, openedBy);
  const { metadata = {}, locale = null, payment_methods: methods, expires_in } = request;
  const closesAt = expires_in === undefined ? null : Date.now() + expires_in * 1000;
  const terms = { reference, metadata, isReusable, openedBy, successUrl, cancelUrl, locale, closesAt, methods };
  return { ...soldBy(request, openedBy), ...terms, products: null };
}

/** Codes whose details help only the shop's server. A shopper with an offer sees the code's own message. */
const FOR_SERVERS: ReadonlySet<ApiErrorCode> = new Set(["amount_out_of_range", "total_mismatch"]);

/** Returns the error for a field of an order. @param param its path in the order, which may be a part of an offer. */
function orderError(
  openedBy: CheckoutOrder["openedBy"],
  code: ApiErrorCode,
  { param, message }: { readonly param: string; readonly message: string },
): ApiError {
  if (openedBy !== "offer") return new ApiError(code, { param, message });
  const path = `offer.checkout.${param}`;
  return new ApiError(code, FOR_SERVERS.has(code) ? { param: path } : { param: path, message });
}

/** @throws ApiError `invalid_request` for an address outside of the merchant's allowed origins. */
function requireOwnPage(
  merchant: MerchantContext,
  param: string,
  address: string | null,
  openedBy: CheckoutOrder["openedBy"],
): void {
  if (address === null) return;
  const { origin, username, password } = new URL(address);
  const origins = merchant.settings.read("allowed_origins") ?? [];
  const isOwn = origins.includes(origin);
  if (isOwn && username === "" && password === "") return;
  // An offer is taken by a shopper, who does not need the list of origins.
  const which = openedBy === "server" ? `: ${origins.length === 0 ? "none is set yet" : origins.join(", ")}` : "";
  const message = `The field ${param} must be a page of one of your allowed origins${which}.`;
  throw orderError(openedBy, "invalid_request", { param, message });
}

function soldBy(
  { items = [], invoice, discount, store_credit, total }: OfferedCheckout,
  openedBy: CheckoutOrder["openedBy"],
) {
  try {
    if (invoice !== undefined) {
      const amount = normalizeAmount(invoice.amount);
      if (!/[1-9]/.test(amount.value)) {
        throw orderError(openedBy, "amount_out_of_range", { param: "invoice.amount", message: amountMessage() });
      }
      return { sale: { kind: "invoice", invoice } satisfies Sale, amount };
    }
    const write = (policies: readonly RoundingPolicy[]): BuiltBasket =>
      buildBasket({ lines: items, discount, store_credit, policy: policies });
    const safe = write([]);
    requireTotal(safe.shown, total, openedBy);
    return { sale: { kind: "basket", safe, write } satisfies Sale, amount: safe.shown };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    const param = error.param.replace("lines", "items");
    if (error.code === "mixed_tax_behavior") {
      throw orderError(openedBy, "invalid_request", { param, message: error.message });
    }
    throw orderError(openedBy, "amount_out_of_range", { param, message: amountMessage(error) });
  }
}

/** @throws ApiError `total_mismatch` if the sum differs from the amount that the shop will book. */
function requireTotal(sum: Money, total: Money | undefined, openedBy: CheckoutOrder["openedBy"]): void {
  if (total === undefined || isSameAmount(sum, total)) return;
  const message = `The items add up to ${sum.value} ${sum.currency} after discount and store credit, which differs from total. Correct the items or the total. Nothing was sent to Qonto.`;
  throw orderError(openedBy, "total_mismatch", { param: "total", message });
}
