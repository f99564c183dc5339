import type { CheckoutOpener, InvoiceToPay } from "@qonto-pay/core/api";
import {
  type BasketItem,
  type KnownOr,
  PAYMENT_METHODS,
  type PaymentLinkToCreate,
  type PaymentMethodName,
} from "@qonto-pay/core/qonto";
import { itemTitle, type Money } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { methodsForAmount, readPaymentMethods } from "./keep-connection.ts";
import { recoveryMark } from "./recovery-mark.ts";

/**
 * The form of a page's reference that is shown. Any visitor can make a page send one. Without spaces and with 32 characters
 * at most, it puts no sentence onto the merchant's pay page.
 */
const ORDER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/#-]{0,31}$/;

/** What of a checkout goes into its link, whatever is sold. */
export interface LinkTerms {
  readonly checkoutId: string;
  readonly reference: string | null;
  /** Who chose the reference. */
  readonly openedBy: CheckoutOpener;
  readonly isReusable: boolean;
  readonly methods: readonly KnownOr<PaymentMethodName>[];
}

export function basketBody(items: readonly BasketItem[], terms: LinkTerms): PaymentLinkToCreate {
  return {
    payment_link: {
      potential_payment_methods: terms.methods,
      reusable: terms.isReusable,
      items: withRecoveryMark(withReference(items, terms), terms),
    },
  };
}

export function invoiceBody(invoice: InvoiceToPay, { methods }: LinkTerms): PaymentLinkToCreate {
  return { payment_link: { ...invoice, potential_payment_methods: methods } };
}

/**
 * Puts the merchant's own reference, uncut, before the title of the first line, the only text that Qonto's list of links
 * shows. A page's reference may be a visitor's: it goes into the description and is labelled as the page's.
 */
function withReference(items: readonly BasketItem[], { reference, openedBy }: LinkTerms): readonly BasketItem[] {
  const [first, ...others] = items;
  if (first === undefined || reference === null) return items;
  if (openedBy !== "button") {
    return [{ ...first, title: itemTitle(first.title, { before: `${reference} · ` }) }, ...others];
  }
  return ORDER_NUMBER.test(reference) ? [withText(first, `Reference from the page: ${reference}`), ...others] : items;
}

function withRecoveryMark(items: readonly BasketItem[], { checkoutId }: LinkTerms): readonly BasketItem[] {
  return items.map((item, index) => (index === items.length - 1 ? withText(item, recoveryMark(checkoutId)) : item));
}

function withText(item: BasketItem, text: string): BasketItem {
  return { ...item, description: [item.description, text].filter(Boolean).join(" · ") };
}

/**
 * The methods that a link may be paid by: those requested, or all that are enabled for the amount. They are read from
 * Qonto where they are not known, and before one is refused: it may have been enabled a moment ago.
 *
 * @param amount null where Qonto is to say what it comes to.
 * @throws Failure `payment_method_not_enabled`, which names those that are; `amount_out_of_range` where none is for this
 *   amount; `merchant_not_connected` where none is at all.
 * @throws QontoFault
 */
export async function methodsOf(
  merchant: Merchant,
  asked: readonly PaymentMethodName[] | undefined,
  amount: Money | null,
): Promise<readonly KnownOr<PaymentMethodName>[]> {
  let enabled = merchant.settings.read("payment_methods") ?? [];
  if (enabled.length === 0 || !(asked ?? []).every((method) => enabled.includes(method))) {
    enabled = await readPaymentMethods(merchant);
  }
  if (enabled.length === 0) throw new Failure("merchant_not_connected", { reason: "no payment method is enabled" });
  const ofAmount = methodsForAmount(merchant, amount);
  if (ofAmount?.length === 0) throw new Failure("amount_out_of_range", { reason: "no method is for this amount" });
  const usable = known(ofAmount ?? enabled);
  const refused = (asked ?? []).findIndex((method) => !usable.includes(method));
  if (refused === -1) return asked ?? usable;
  throw new Failure("payment_method_not_enabled", {
    param: `payment_methods[${refused}]`,
    message: `This payment method is not enabled. Enabled are: ${usable.join(", ")}.`,
  });
}

/**
 * Those of the methods that Qonto documents for a link. A merchant may have only others: they are sent as Qonto lists
 * them, and Qonto decides (field notes of 2026-11-29, 7.1).
 */
function known(enabled: readonly string[]): readonly KnownOr<PaymentMethodName>[] {
  const documented = PAYMENT_METHODS.filter((method) => enabled.includes(method));
  return documented.length > 0 ? documented : enabled;
}
