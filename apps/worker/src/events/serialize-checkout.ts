import type { CheckoutSnapshot, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** What the holder of a status token may know. */
export function reportOf({ id, status, amount, reference }: Checkout): CheckoutStatusReport {
  return { id, status, amount, ...(reference === null ? {} : { reference }) };
}

/** The data of a checkout that an event contains. */
export function snapshotOf(checkout: Checkout): CheckoutSnapshot {
  const { id, openedBy: opened_by, status, amount, reference, metadata, isReusable: reusable, createdAt } = checkout;
  return {
    id,
    opened_by,
    status,
    amount,
    reference,
    metadata,
    products: checkout.products,
    reusable,
    created_at: new Date(createdAt).toISOString(),
    url: checkout.link?.url ?? null,
    expires_at: isoEndOf(checkout),
    success_url: checkout.successUrl,
    cancel_url: checkout.cancelUrl,
    locale: checkout.locale,
    superseded_by: checkout.supersededBy,
  };
}

/**
 * Returns the time at which a checkout can no longer be paid, in milliseconds since the epoch: the end of Qonto's link,
 * or its own where that is earlier; null where neither is known.
 */
export function endOf({ link, closesAt, closedAt }: Pick<Checkout, "link" | "closesAt" | "closedAt">): number | null {
  const ends = [link?.endsAt ?? null, closesAt ?? closedAt].filter((time) => time !== null);
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The same in ISO 8601. */
export function isoEndOf(checkout: Pick<Checkout, "link" | "closesAt" | "closedAt">): string | null {
  const end = endOf(checkout);
  return end === null ? null : new Date(end).toISOString();
}
