import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** What the holder of a status token may know. */
export function reportOf({ id, status, amount, reference }: Checkout): CheckoutStatusReport {
  return { id, status, amount, ...(reference === null ? {} : { reference }) };
}
