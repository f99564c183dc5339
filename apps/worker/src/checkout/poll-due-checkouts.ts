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

/** After an event Qonto's link may lag behind it for a moment. */
const SHORTEST_WAIT_MS = 5 * SECOND;
const LONGEST_WAIT_MS = DAY;

/** A checkout that Qonto still can't tell about this long after its end is given up. */
const GIVE_UP_AFTER_MS = 7 * DAY;

/** While Qonto does not answer, the others wait as well, but never for long because of one. */
const PAUSE_MS = 30 * SECOND;

/** A new consent makes all open checkouts due at once. */
const NOT_CONNECTED_PAUSE_MS = HOUR;

/** An event that came in so lately goes before everything that nobody waits for. */
const JUST_HEARD_MS = 30 * SECOND;

/** Few enough to leave Qonto to the shoppers. */
const READS_AT_ONCE = 2;

/**
 * The paid journey's second half, from the alarm: reads every link that is due, because an event came in or because
 * nothing was heard for a while. Never throws a `QontoError`: what can't be read now is read later.
 */
export async function pollDueCheckouts(merchant: MerchantContext): Promise<void> {
  const due = merchant.checkouts.dueForReading(Date.now());
  for (let start = 0; start < due.length; start += READS_AT_ONCE) {
    const batch = due.slice(start, start + READS_AT_ONCE);
    const pauses = await Promise.all(batch.map((checkout) => readLink(merchant, checkout)));
    const resumeAt = Math.max(...pauses.map((time) => time ?? 0));
    if (resumeAt === 0) continue;
    for (const waiting of due.slice(start + READS_AT_ONCE)) merchant.checkouts.readLinkAt(waiting.id, resumeAt);
    return;
  }
}

/** @returns when the others may be read, in milliseconds of the epoch; null: now. */
async function readLink(merchant: MerchantContext, checkout: Checkout): Promise<number | null> {
  // Set before the call: an event that comes in meanwhile has it read once more, which must not be overwritten.
  const planned = nextRead(checkout, Date.now());
  merchant.checkouts.readLinkAt(checkout.id, planned);
  try {
    // Somebody may be waiting to see that they have paid.
    await reconcileCheckout(merchant, checkout.id, Date.now() - checkout.heardAt < JUST_HEARD_MS ? "pay" : "other");
    const advanced = merchant.checkouts.find(checkout.id) ?? checkout;
    merchant.checkouts.planNextRead(checkout.id, planned, nextRead(advanced, Date.now()));
    return null;
  } catch (error) {
    if (!(error instanceof QontoError)) logDefect("reading a link", error);
    const now = Date.now();
    const resumeAt = resumesAt(merchant, error, now);
    const next = nextReadAfterFailure(checkout, error, now);
    merchant.checkouts.recordFailedRead(checkout.id, planned, next && Math.max(next, resumeAt ?? 0));
    return resumeAt;
  }
}

/** When another read may succeed; null: the failure says nothing about other links. */
function resumesAt({ settings }: MerchantContext, error: unknown, now: number): number | null {
  if (!(error instanceof QontoError) || error.kind === "not_found" || error.kind === "refused") return null;
  if (error.kind === "not_connected") return now + NOT_CONNECTED_PAUSE_MS;
  return Math.max(now + PAUSE_MS, retryAtOf(settings, error) ?? 0);
}

/** When Qonto is asked again at all, where it rejects the deployment's client or the merchant's tokens; null: not known. */
function retryAtOf(settings: MerchantContext["settings"], { kind }: QontoError): number | null {
  if (kind === "misconfigured") return settings.read("authorization_outage")?.retryAt ?? null;
  return kind === "unauthorized" ? rejectionRetryAt(settings) : null;
}

/**
 * Events can be missed, so an open checkout is read again after as long as nothing was heard of it: 5 seconds after an
 * event, then 10, then 20, and once a day in the end. Null: not any more.
 */
function nextRead(checkout: Checkout, now: number): number | null {
  const { status, heardAt } = checkout;
  if (isEnded(status)) return nextLookAfterEnd(checkout, now);
  if (isGivenUp(checkout, now)) return null;
  return now + Math.min(Math.max(now - heardAt, SHORTEST_WAIT_MS), LONGEST_WAIT_MS);
}

/** A shopper with the pay page open may pay a link that has ended: the link is read again an hour and a day later. */
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

/** One whose end is not known is never given up. */
function isGivenUp(checkout: Checkout, now: number): boolean {
  const end = checkout.endedAt ?? endOf(checkout);
  return checkout.link === null || (end !== null && end + GIVE_UP_AFTER_MS < now);
}
