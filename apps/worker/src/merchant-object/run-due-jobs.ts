import type { Merchant } from "../context/merchant-context.ts";
import { checkAnnouncedLinks } from "../payment-link/check-announced-links.ts";
import { closeDueCheckouts } from "../checkout/expire-checkouts.ts";
import { deactivateUnclaimedLinks } from "../payment-link/clean-up-orphaned-links.ts";
import { connectionDueAt, keepConnection } from "../connection/refresh-connection.ts";
import { consentDueAt, keepConsent } from "../connection/renew-authorization.ts";
import { guarded } from "./run-isolated.ts";
import { keepSubscription, subscriptionDueAt } from "../connection/ensure-webhook-subscription.ts";
import { readDueLinks } from "../checkout/poll-due-checkouts.ts";
import { relayEvents } from "../webhooks/dispatch-webhooks.ts";
import { resealSecrets } from "./rotate-vault-key.ts";
import { withdrawRetired } from "../storefront/retire-shared-link.ts";

/** What is still due after an alarm must not become a loop. */
const SHORTEST_PAUSE_MS = 1_000;
const PAUSE_AFTER_DEFECT_MS = 30_000;

/** A part of the alarm's work, and when it has something to do; null: it has not. Times are milliseconds of the epoch. */
interface Chore {
  readonly what: string;
  readonly carryOut: (merchant: Merchant) => Promise<void>;
  readonly dueAt: (merchant: Merchant) => number | null;
}

/** In this order: somebody waits in front of the first ones, and any of them may wait long for Qonto. */
const CHORES: readonly Chore[] = [
  { what: "reading links", carryOut: readDueLinks, dueAt: ({ checkouts }) => checkouts.nextReading() },
  { what: "keeping the consent", carryOut: keepConsent, dueAt: consentDueAt },
  { what: "closing checkouts", carryOut: closeDueCheckouts, dueAt: ({ checkouts }) => checkouts.nextClosing() },
  {
    what: "checking announced links",
    carryOut: checkAnnouncedLinks,
    dueAt: ({ announcedLinks }) => announcedLinks.nextDue(),
  },
  {
    what: "deactivating links",
    carryOut: deactivateUnclaimedLinks,
    dueAt: ({ unclaimedLinks }) => unclaimedLinks.nextDue(),
  },
  { what: "keeping the connection", carryOut: keepConnection, dueAt: connectionDueAt },
  { what: "keeping the webhook subscription", carryOut: keepSubscription, dueAt: subscriptionDueAt },
];

/**
 * The alarm: does what is due, each part whatever became of the others.
 *
 * @returns when the next part is due; null: none is. What is relayed to shops plans its own alarms.
 */
export async function doWhatIsDue(merchant: Merchant): Promise<number | null> {
  // First, since all the rest may wait long for Qonto, and once more for what it has told of.
  const isDone = [await guarded("relaying events", () => relayEvents(merchant))];
  for (const { what, carryOut } of CHORES) isDone.push(await guarded(what, () => carryOut(merchant)));
  isDone.push(await guarded("withdrawing shared links", () => withdrawRetired(merchant)));
  isDone.push(await guarded("sealing secrets anew", () => resealSecrets(merchant)));
  isDone.push(await guarded("forgetting what is old", () => prune(merchant)));
  isDone.push(await guarded("relaying events", () => relayEvents(merchant)));
  const now = Date.now();
  // After a defect the alarm rings again in any case, since what has thrown may have planned nothing.
  const times = isDone.includes(false) ? [now + PAUSE_AFTER_DEFECT_MS] : [];
  await guarded("planning the next alarm", () => {
    times.push(...CHORES.map(({ dueAt }) => dueAt(merchant)).filter((time) => time !== null));
  });
  if (times.length === 0) return null;
  return Math.max(Math.min(...times), now + (isDone.includes(false) ? PAUSE_AFTER_DEFECT_MS : SHORTEST_PAUSE_MS));
}

function prune({ inbox, events, idempotencyKeys, deliveries, announcedLinks }: Merchant): void {
  const now = Date.now();
  // What is sent comes after the events that it is of: it ends with them.
  for (const kept of [inbox, events, deliveries, idempotencyKeys, announcedLinks]) kept.prune(now);
}
