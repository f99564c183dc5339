import type { CheckoutSnapshot, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** What the holder of a status token may know. */
export function reportOf({ id, status, amount, reference }: Checkout): CheckoutStatusReport {
  return { id, status, amount, ...(reference === null ? {} : { reference }) };
}

/** What an event tells of a checkout. */
export function snapshotOf(checkout: Checkout): CheckoutSnapshot {
  const { id, openedBy: opened_by, status, amount, reference, metadata, isReusable: reusable, createdAt } = checkout;
  return {
    id,
    opened_by,
    status,
    amount,
    reference,
    metadata,
    reusable,
    created_at: new Date(createdAt).toISOString(),
    url: checkout.link?.url ?? null,
    expires_at: expiryOf(checkout),
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
    superseded_by: checkout.supersededBy,
  };
}

/** When it can't be paid any more: the end of Qonto's link, or its own where that is earlier. ISO 8601. */
function expiryOf({ link, closesAt, closedAt }: Checkout): string | null {
  const ends = [link === null ? null : Date.parse(link.expiresAt), closesAt ?? closedAt].filter(
    (time) => time !== null,
  );
  return ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString();
}
