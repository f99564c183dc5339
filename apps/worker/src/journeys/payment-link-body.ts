import type { InvoiceToPay } from "@qonto-pay/core/api";
import {
  type BasketItem,
  type CreateBasketPaymentLink,
  type CreateInvoicePaymentLink,
  PAYMENT_METHODS,
  type PaymentMethodName,
} from "@qonto-pay/core/qonto";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { readPaymentMethods } from "./keep-connection.ts";

/** Any page can be made to send a reference, so no sentence gets onto the merchant's pay page: no spaces, and not long. */
const ORDER_NUMBER = /^[A-Za-z0-9][A-Za-z0-9._/#-]{0,31}$/;

/** What of a checkout goes into its link, whatever is sold. */
export interface LinkTerms {
  readonly checkoutId: string;
  readonly reference: string | null;
  readonly isReusable: boolean;
  readonly methods: readonly PaymentMethodName[];
}

export function basketBody(items: readonly BasketItem[], terms: LinkTerms): CreateBasketPaymentLink {
  return {
    payment_link: {
      potential_payment_methods: terms.methods,
      reusable: terms.isReusable,
      items: withReferences(items, terms),
    },
  };
}

export function invoiceBody(invoice: InvoiceToPay, { methods }: LinkTerms): CreateInvoicePaymentLink {
  return { payment_link: { ...invoice, potential_payment_methods: methods } };
}

/**
 * Qonto's link carries no reference of ours, so the first line names the checkout: by that a lost link is found. It names
 * the shop's order too, by which shopper and merchant tell what was paid.
 */
function withReferences(items: readonly BasketItem[], { checkoutId, reference }: LinkTerms): readonly BasketItem[] {
  const order = reference !== null && ORDER_NUMBER.test(reference) ? `Order ${reference}` : null;
  return items.map((item, index) =>
    index === 0
      ? { ...item, description: [item.description, order, `Ref. ${checkoutId}`].filter(Boolean).join(" · ") }
      : item,
  );
}

/**
 * The methods that a link may be paid by: those asked for, or all that are enabled. They are read from Qonto where they
 * are not known, and before one is refused: it may have been enabled a moment ago.
 *
 * @throws Failure `payment_method_not_enabled`, which names those that are; `merchant_not_connected` where none is.
 * @throws QontoFault
 */
export async function methodsOf(
  merchant: Merchant,
  asked: readonly PaymentMethodName[] | undefined,
): Promise<readonly PaymentMethodName[]> {
  let enabled = merchant.settings.read("payment_methods") ?? [];
  if (enabled.length === 0 || !(asked ?? []).every((method) => enabled.includes(method))) {
    enabled = await readPaymentMethods(merchant);
  }
  const known = PAYMENT_METHODS.filter((method) => enabled.includes(method));
  if (known.length === 0) throw new Failure("merchant_not_connected", { reason: "no payment method is enabled" });
  const refused = (asked ?? []).findIndex((method) => !known.includes(method));
  if (refused === -1) return asked ?? known;
  throw new Failure("payment_method_not_enabled", {
    param: `payment_methods[${refused}]`,
    message: `This payment method is not enabled. Enabled are: ${known.join(", ")}.`,
  });
}
