/** What the Worker takes as a reference. */
const REFERENCE = /^[\x20-\x7e]{1,64}$/;

/** The `reference` of an order's checkouts; null for a code that makes none. */
export function referenceOf(orderCode: string, prefix = ""): string | null {
  const reference = prefix + orderCode;
  return REFERENCE.test(reference) ? reference : null;
}
