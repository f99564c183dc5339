import { logExpiredData } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type EndPosition, LATE_PAYMENT_MS } from "../storage/checkout-expiry.ts";
import { DEFAULT_RETENTION, type Expiry } from "../storage/settings.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Checkouts that are examined at a time. The alarm runs its other jobs in between. */
const BATCH = 200;

const NOT_BEGUN: Expiry = {
  dueAt: 0,
  unpaid: [0, ""],
  paid: [0, ""],
  deleted: { withoutLink: 0, unpaid: 0, paid: 0 },
};

/** Returns the time at which ended checkouts are checked next, in milliseconds since the epoch. */
export function expiryDueAt({ settings }: MerchantContext): number | null {
  return settings.read("expiry")?.dueAt ?? null;
}

/** Lets the alarm delete expired data again soon. */
export function expireSoon({ settings }: MerchantContext): void {
  settings.write("expiry", { ...(settings.read("expiry") ?? NOT_BEGUN), dueAt: Date.now() });
}

/**
 * Runs from the alarm, once a day. Deletes checkouts that ended longer ago than the merchant's retention states: unpaid
 * ones, then those with payments, then those without a payment whose personal data were erased. Works in batches, in the order of the ends, and stores the position, so that a
 * restart continues there and each checkout is examined once for each period.
 */
export function deleteExpiredCheckouts(merchant: MerchantContext): void {
  const { settings } = merchant;
  const now = Date.now();
  const expiry = settings.read("expiry") ?? NOT_BEGUN;
  if (expiry.dueAt > now) return;
  const { unpaidDays, paymentsDays } = settings.read("retention") ?? DEFAULT_RETENTION;
  merchant.transaction(() => {
    const unpaid = deleteBatch(merchant, expiry.unpaid, now - unpaidDays * DAY_MS, false);
    const paid = deleteBatch(merchant, expiry.paid, now - paymentsDays * DAY_MS, true);
    const erased = merchant.checkoutExpiry.erasedUntil(now - LATE_PAYMENT_MS, BATCH);
    merchant.checkoutExpiry.delete(erased);
    settings.write("expiry", {
      dueAt: unpaid.isDone && paid.isDone && erased.length < BATCH ? now + DAY_MS : now,
      unpaid: unpaid.position,
      paid: paid.position,
      deleted: expiry.deleted,
    });
    recordDeleted(merchant, { unpaid: unpaid.deleted + erased.length, paid: paid.deleted });
  });
}

/** Counts deleted checkouts for the operator. Call synchronously with the deletion. */
export function recordDeleted({ name, settings }: MerchantContext, counts: Partial<Expiry["deleted"]>): void {
  const { withoutLink = 0, unpaid = 0, paid = 0 } = counts;
  if (withoutLink + unpaid + paid === 0) return;
  const expiry = settings.read("expiry") ?? NOT_BEGUN;
  const { deleted } = expiry;
  settings.write("expiry", {
    ...expiry,
    deleted: {
      withoutLink: deleted.withoutLink + withoutLink,
      unpaid: deleted.unpaid + unpaid,
      paid: deleted.paid + paid,
    },
  });
  logExpiredData(name, { without_link: withoutLink, unpaid, paid });
}

interface Batch {
  readonly position: EndPosition;
  readonly deleted: number;
  readonly isDone: boolean;
}

/** @param isPaid whether checkouts with payments are deleted too. */
function deleteBatch({ checkoutExpiry }: MerchantContext, from: EndPosition, until: number, isPaid: boolean): Batch {
  const examined = checkoutExpiry.endedAfter(from, until, BATCH);
  const expired = examined.filter((checkout) => !checkout.isReserved && (isPaid || !checkout.isPaid));
  if (!checkoutExpiry.delete(expired.map(({ id }) => id))) return { position: from, deleted: 0, isDone: false };
  const position = examined.at(-1)?.position ?? from;
  return { position, deleted: expired.length, isDone: examined.length < BATCH };
}
