/** What the Worker takes as a reference. */
const REFERENCE = /^[\x20-\x7e]{1,64}$/;

/**
 * The reference of an order's further payments. The Worker sells each reference once; after a payment for a cart that has
 * changed since, what is due is paid under the next one.
 *
 * @param part from 1 on; the first one is the order's own reference.
 */
export function referenceOfPart(reference: string, part: number): string {
  return part === 1 ? reference : `${reference}/${part}`;
}

/** The `reference` of an order's checkouts; null for a code that makes none. */
export function referenceOf(orderCode: string, prefix = ""): string | null {
  const reference = prefix + orderCode;
  return REFERENCE.test(reference) ? reference : null;
}
