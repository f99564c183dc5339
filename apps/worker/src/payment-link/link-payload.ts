import type { InvoiceToPay } from "@qonto-pay/core/api";
import {
  type BasketItem,
  type KnownOr,
  PAYMENT_METHODS,
  type PaymentLinkToCreate,
  type PaymentMethodName,
} from "@qonto-pay/core/qonto";
import { itemTitle, type Money } from "@qonto-pay/core/money";
import { cutText } from "@qonto-pay/core/text";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { cannotSell } from "../connection/cannot-sell-error.ts";
import { methodsForAmount, readPaymentMethods } from "../connection/refresh-connection.ts";
import { recoveryMark } from "./recovery-mark.ts";

/**
 * The allowed form of a page's reference on the pay page. Any visitor can make a page send one. Without spaces and with
 * at most 32 characters, it can't put a sentence onto the merchant's pay page.
 */
const ORDER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/#-]{0,31}$/;

/**
 * The maximum length of a description with our text. Qonto documents no limit and might cut at its own; integrators use
 * limits of 120 to 255 characters (field notes of 2026-11-29, 3.4).
 */
const MOST_OF_DESCRIPTION = 255;

/** The parts of a checkout that go into its link, regardless of the order. */
export interface LinkTerms {
  readonly checkoutId: string;
  readonly reference: string | null;
  /** Whether the merchant chose the reference. A page's reference may be any text. */
  readonly isReferenceOwn: boolean;
  readonly isReusable: boolean;
  readonly methods: readonly KnownOr<PaymentMethodName>[];
}

export function basketBody(items: readonly BasketItem[], terms: LinkTerms): PaymentLinkToCreate {
  return {
    payment_link: {
      potential_payment_methods: terms.methods,
      reusable: terms.isReusable,
      items: items.map((item, index) =>
        lineOf(item, { isFirst: index === 0, isLast: index === items.length - 1 }, terms),
      ),
    },
  };
}

export function invoiceBody(invoice: InvoiceToPay, { methods }: LinkTerms): PaymentLinkToCreate {
  return { payment_link: { ...invoice, potential_payment_methods: methods } };
}

/**
 * Returns a line as it is sent to Qonto. The merchant's own reference is placed, uncut, before the title of the first
 * line, the only text that Qonto's list of links shows. A page's reference may be a visitor's: it is part of the
 * description, labelled as the page's. The recovery mark ends the description of the last line.
 */
function lineOf(
  item: BasketItem,
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  { reference, isReferenceOwn, checkoutId }: LinkTerms,
): BasketItem {
  const named = isFirst ? reference : null;
  const isTitled = named !== null && isReferenceOwn;
  const isShown = named !== null && !isReferenceOwn && ORDER_NUMBER.test(named);
  return withTexts(isTitled ? { ...item, title: itemTitle(item.title, { before: `${named} · ` }) } : item, [
    ...(isShown ? [`Reference from the page: ${named}`] : []),
    ...(isLast ? [recoveryMark(checkoutId)] : []),
  ]);
}

/** Appends texts to a line's description, which is cut to leave them room. */
function withTexts(item: BasketItem, texts: readonly string[]): BasketItem {
  if (texts.length === 0) return item;
  const added = texts.join(" · ");
  const own = cutText(item.description ?? "", MOST_OF_DESCRIPTION - added.length - " · ".length, "…");
  return { ...item, description: [own, added].filter(Boolean).join(" · ") };
}

/**
 * Returns the payment methods of a link: the requested ones, or all that are enabled for the amount. Reads them from
 * Qonto if they are unknown, and before rejecting one, since it may have been enabled a moment ago.
 *
 * @param amount null if Qonto calculates it.
 * @throws ApiError `payment_method_not_enabled`, which names the enabled ones; `amount_out_of_range` if none is for
 *   this amount; `no_payment_methods` if none is enabled at all, for the merchant's server.
 * @throws QontoError
 */
export async function methodsOf(
  merchant: MerchantContext,
  asked: readonly PaymentMethodName[] | undefined,
  amount: Money | null,
): Promise<readonly KnownOr<PaymentMethodName>[]> {
  let enabled = merchant.settings.read("payment_methods") ?? [];
  if (enabled.length === 0 || !(asked ?? []).every((method) => enabled.includes(method))) {
    enabled = await readPaymentMethods(merchant);
  }
  if (enabled.length === 0) throw cannotSell("no_payment_methods", "no payment method is enabled");
  const ofAmount = methodsForAmount(merchant, amount);
  if (ofAmount?.length === 0) throw new ApiError("amount_out_of_range", { reason: "no method is for this amount" });
  const usable = known(ofAmount ?? enabled);
  const refused = (asked ?? []).findIndex((method) => !usable.includes(method));
  if (refused === -1) return asked ?? usable;
  throw new ApiError("payment_method_not_enabled", {
    param: `payment_methods[${refused}]`,
    message: `This payment method is not enabled. Enabled methods: ${usable.join(", ")}.`,
  });
}

/**
 * Returns the methods that Qonto documents for a link. If a merchant has only others, they are sent as Qonto lists
 * them, and Qonto decides (field notes of 2026-11-29, 7.1).
 */
function known(enabled: readonly string[]): readonly KnownOr<PaymentMethodName>[] {
  const documented = PAYMENT_METHODS.filter((method) => enabled.includes(method));
  return documented.length > 0 ? documented : enabled;
}
