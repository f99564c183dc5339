import { isEnded } from "@qonto-pay/core/api";
import { logDefect } from "../context/log.ts";
import { rejectionRetryAt } from "../connection/authorization-state.ts";
import { endOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { backoff } from "@qonto-pay/web/backoff";
import { QontoError } from "../qonto/qonto-error.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { reconcileCheckout } from "./reconcile-checkout.ts";

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
const DAY = 24 * HOUR;

/** Qonto's link may lag behind an event for a moment. */
const SHORTEST_WAIT_MS = 5 * SECOND;
const LONGEST_WAIT_MS = DAY;

/** A checkout is given up if its link is still unreadable this long after its end. */
const GIVE_UP_AFTER_MS = 7 * DAY;

/** While Qonto does not answer, the other checkouts wait as well, but only briefly because of one failure. */
const PAUSE_MS = 30 * SECOND;

/** A new consent makes all open checkouts due at once. */
const NOT_CONNECTED_PAUSE_MS = HOUR;

/** A checkout with an event this recent has priority, since a shopper may be waiting. */
const JUST_HEARD_MS = 30 * SECOND;

/** A small number, which leaves Qonto's rate limit to the shoppers. */
const READS_AT_ONCE = 2;

/**
 * Runs from the alarm. Reads every link that is due, because an event arrived or the polling interval has passed. Never
 * throws a `QontoError`: a link that can't be read now is read later.
 */
export async function pollDueCheckouts(merchant: MerchantContext): Promise<void> {
  const due = merchant.checkoutReads.dueForReading(Date.now());
  for (let start = 0; start < due.length; start += READS_AT_ONCE) {
    const batch = due.slice(start, start + READS_AT_ONCE);
    const pauses = await Promise.all(batch.map((checkout) => readLink(merchant, checkout)));
    const resumeAt = Math.max(...pauses.map((time) => time ?? 0));
    if (resumeAt === 0) continue;
    for (const waiting of due.slice(start + READS_AT_ONCE)) merchant.checkoutReads.readLinkAt(waiting.id, resumeAt);
    return;
  }
}

/** @returns when the other links may be read, in milliseconds of the epoch; null: now. */
async function readLink(merchant: MerchantContext, checkout: Checkout): Promise<number | null> {
  // Set before the call, so that the earlier read that an event schedules meanwhile is not overwritten.
  const planned = nextRead(checkout, Date.now());
  merchant.checkoutReads.readLinkAt(checkout.id, planned);
  try {
    // A shopper may be waiting for the confirmation of their payment.
    const isHeard = Date.now() - checkout.heardAt < JUST_HEARD_MS;
    await reconcileCheckout(isHeard ? merchant.as("event") : merchant, checkout.id);
    const advanced = merchant.checkouts.find(checkout.id) ?? checkout;
    merchant.checkoutReads.planNextRead(checkout.id, planned, nextRead(advanced, Date.now()));
    return null;
  } catch (error) {
    if (!(error instanceof QontoError)) logDefect("read a link", error);
    const now = Date.now();
    const resumeAt = resumesAt(merchant, error, now);
    const next = nextReadAfterFailure(checkout, error, now);
    merchant.checkoutReads.recordFailedRead(checkout.id, planned, next && Math.max(next, resumeAt ?? 0));
    return resumeAt;
  }
}

/** Returns when another read may succeed; null: the failure does not affect other links. */
function resumesAt({ settings }: MerchantContext, error: unknown, now: number): number | null {
  if (!(error instanceof QontoError) || error.kind === "not_found" || error.kind === "refused") return null;
  if (error.kind === "not_connected") return now + NOT_CONNECTED_PAUSE_MS;
  return Math.max(now + PAUSE_MS, retryAtOf(settings, error) ?? 0);
}

/**
 * Returns when the Worker retries, if Qonto rejects the deployment's client or the merchant's tokens; null: not known.
 */
function retryAtOf(settings: MerchantContext["settings"], { kind }: QontoError): number | null {
  if (kind === "misconfigured") return settings.read("authorization_outage")?.retryAt ?? null;
  return kind === "unauthorized" ? rejectionRetryAt(settings) : null;
}

/**
 * Returns when to read a checkout next; null: never. Events can be missed, so the interval is the time since the last
 * event: 5 seconds, then 10, then 20, and finally a day.
 */
function nextRead(checkout: Checkout, now: number): number | null {
  const { status, heardAt } = checkout;
  if (isEnded(status)) return nextLookAfterEnd(checkout, now);
  if (isGivenUp(checkout, now)) return null;
  return now + Math.min(Math.max(now - heardAt, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

/** A shopper with an open pay page may pay a link that has ended. So the link is read again an hour and a day later. */
function nextLookAfterEnd({ heardAt, endedAt }: Checkout, now: number): number | null {
  const since = Math.max(heardAt, endedAt ?? 0);
  return [since + HOUR, since + DAY].find((time) => time > now) ?? null;
}

function nextReadAfterFailure(checkout: Checkout, error: unknown, now: number): number | null {
  if (isGivenUp(checkout, now)) return null;
  const { failedReads } = checkout;
  const retryAfter = error instanceof QontoError ? (error.retryAfter ?? 0) : 0;
  return now + Math.max(backoff(failedReads, { shortest: SECOND, longest: HOUR }), SECOND * retryAfter);
}

/** A checkout whose end is unknown is never given up. */
function isGivenUp(checkout: Checkout, now: number): boolean {
  const end = checkout.endedAt ?? endOf(checkout);
  return checkout.link === null || (end !== null && end + GIVE_UP_AFTER_MS < now);
}
