import type { CheckoutSnapshot, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** What the holder of a status token may know. */
export function reportOf({ id, status, amount, reference }: Checkout): CheckoutStatusReport {
  return { id, status, amount, ...(reference === null ? {} : { reference }) };
}

/** What an event tells of a checkout. */
export function snapshotOf(checkout: Checkout): CheckoutSnapshot {
  const { id, status, amount, reference, metadata, isReusable: reusable, createdAt, link } = checkout;
  return {
    id,
    status,
    amount,
    reference,
    metadata,
    reusable,
    created_at: new Date(createdAt).toISOString(),
    url: link?.url ?? null,
    expires_at: link?.expiresAt ?? null,
  };
}
