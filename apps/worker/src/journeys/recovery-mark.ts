import type { PaymentLink } from "@qonto-pay/core/qonto";

/** The last one of a description: a shop's own text before it may hold another. */
const MARK = /.*\bRef\. (co_[A-Za-z0-9]+)\b/s;

/**
 * Qonto's link carries no reference of ours, so a line names the checkout: by that an orphaned link is found, whichever
 * create call it came of and whenever. It is the last text of the last line, where a shopper looks last. Nothing else that
 * Qonto gives back would do: a title may be another order's, and a time is none that late links keep to.
 */
export function recoveryMark(checkoutId: string): string {
  return `Ref. ${checkoutId}`;
}

/** The checkout that the lines of a link name; null: none. The mark of links that were made earlier is in their first line. */
export function markedCheckoutOf({ items }: Pick<PaymentLink, "items">): string | null {
  for (const { description } of (items ?? []).toReversed()) {
    const checkoutId = MARK.exec(description ?? "")?.[1];
    if (checkoutId !== undefined) return checkoutId;
  }
  return null;
}
