import type { PaymentLink } from "@qonto-pay/core/qonto";

const MARK = /\bRef\. (co_[A-Za-z0-9]+)\b/g;

/**
 * Returns the text by which an orphaned link is matched to its checkout, since Qonto's links have no field for a reference.
 * It is the last text of the last line, where a shopper looks last. No other field that Qonto returns identifies a link:
 * another order can have the same title, and a lost create call can take effect at any time.
 */
export function recoveryMark(checkoutId: string): string {
  return `Ref. ${checkoutId}`;
}

/** Returns the id of the checkout that the lines of a link name, or null. Older links have the mark in their first line. */
export function markedCheckoutOf({ items }: Pick<PaymentLink, "items">): string | null {
  for (const { description } of (items ?? []).toReversed()) {
    // The last one counts: the shop's own text before it may contain another.
    const checkoutId = Array.from((description ?? "").matchAll(MARK)).at(-1)?.[1];
    if (checkoutId !== undefined) return checkoutId;
  }
  return null;
}
