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

/** A read that is scheduled this soon after an event still belongs to it, since a shopper may be waiting. */
const HINT_HOLDS_MS = 30 * SECOND;

/** The reads of one run. The alarm runs again for the others, after its other jobs. */
const READS_OF_A_RUN = 50;

/** A small number, which leaves Qonto's rate limit to the shoppers. */
const POLLS_AT_ONCE = 2;

/** More than the places that are reserved for them, so that others are used while they are free. */
const HINTED_READS_AT_ONCE = 8;

/**
 * Runs from the alarm. Reads every link that is due, because an event arrived or the polling interval has passed. Never
 * throws a `QontoError`: a link that can't be read now is read later.
 */
export async function readDueCheckouts(merchant: MerchantContext): Promise<void> {
  await readHintedCheckouts(merchant);
  await readDue(merchant, { isHinted: false, underWay: new Set(), most: POLLS_AT_ONCE });
}

/**
 * Reads the links that events of Qonto named, however long ago. Also runs for an event that arrives while the alarm is
 * busy. Never throws a `QontoError`.
 */
export function readHintedCheckouts(merchant: MerchantContext): Promise<void> {
  const { hintedReads } = merchant;
  return readDue(merchant.as("event"), { isHinted: true, underWay: hintedReads, most: HINTED_READS_AT_ONCE });
}

/** Which checkouts are read. */
interface DueReads {
  /** As for `CheckoutReads.due`. */
  readonly isHinted: boolean;
  /** The checkouts whose read is under way, also in other runs. */
  readonly underWay: Set<string>;
  /** The most reads at once. */
  readonly most: number;
}

/** Reads due links, each as soon as another one is read, so that none waits for an answer that does not come. */
async function readDue(merchant: MerchantContext, { isHinted, underWay, most }: DueReads): Promise<void> {
  const { checkoutReads } = merchant;
  let left = READS_OF_A_RUN;
  let resumeAt: number | null = null;
  const readOneAfterTheOther = async (): Promise<void> => {
    while (left > 0 && resumeAt === null && underWay.size < most) {
      const due = checkoutReads.due(isHinted, Date.now(), underWay.size + 1);
      const checkout = due.find(({ id }) => !underWay.has(id));
      if (checkout === undefined) return;
      left -= 1;
      underWay.add(checkout.id);
      const pausedUntil = await readLink(merchant, checkout).finally(() => underWay.delete(checkout.id));
      resumeAt = pausedUntil ?? resumeAt;
    }
  };
  await Promise.all(Array.from({ length: most }, readOneAfterTheOther));
  if (resumeAt === null) return;
  for (const { id } of checkoutReads.due(isHinted, Date.now(), left)) checkoutReads.readLinkAt(id, resumeAt);
}

/** @returns when other links may be read, in milliseconds since the epoch; null: now. */
async function readLink(merchant: MerchantContext, checkout: Checkout): Promise<number | null> {
  // Set before the call, so that the earlier read that an event schedules meanwhile is not overwritten.
  const planned = nextRead(checkout, Date.now());
  merchant.checkoutReads.readLinkAt(checkout.id, planned);
  try {
    await reconcileCheckout(merchant, checkout.id);
    const advanced = merchant.checkouts.find(checkout.id) ?? checkout;
    const readAt = nextRead(advanced, Date.now());
    const isHinted = readAt !== null && readAt - advanced.heardAt < HINT_HOLDS_MS;
    merchant.checkoutReads.planNextRead(checkout.id, planned, { readAt, isHinted });
    return null;
  } catch (error) {
    if (!(error instanceof QontoError)) logDefect("read a link", error);
    const now = Date.now();
    const resumeAt = resumesAt(merchant, error, now);
    if (error instanceof QontoError && error.isUnsent && resumeAt !== null) {
      merchant.checkoutReads.postponeRead(checkout.id, planned, resumeAt);
      return resumeAt;
    }
    const next = nextReadAfterFailure(checkout, error, now);
    merchant.checkoutReads.recordFailedRead(checkout.id, planned, next && Math.max(next, resumeAt ?? 0));
    return resumeAt;
  }
}

/** Returns the time at which another read may succeed; null: the failure does not affect other links. */
function resumesAt({ settings }: MerchantContext, error: unknown, now: number): number | null {
  if (!(error instanceof QontoError) || error.kind === "not_found" || error.kind === "refused") return null;
  if (error.kind === "not_connected") return now + NOT_CONNECTED_PAUSE_MS;
  if (error.isUnsent && error.retryAfter !== undefined) return now + SECOND * error.retryAfter;
  return Math.max(now + PAUSE_MS, retryAtOf(settings, error) ?? 0);
}

/**
 * Returns the time at which the Worker retries, if Qonto rejects the deployment's client or the merchant's tokens;
 * null: not known.
 */
function retryAtOf(settings: MerchantContext["settings"], { kind }: QontoError): number | null {
  if (kind === "misconfigured") return settings.read("authorization_outage")?.retryAt ?? null;
  return kind === "unauthorized" ? rejectionRetryAt(settings) : null;
}

/**
 * Returns the time to read a checkout next; null: never. Events can be missed, so the interval is the time
 * since the last event: 5 seconds, then 10, then 20, and finally a day.
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
