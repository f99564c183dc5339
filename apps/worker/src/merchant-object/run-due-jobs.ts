import type { MerchantContext } from "../context/merchant-context.ts";
import { checkAnnouncedLinks } from "../payment-link/check-announced-links.ts";
import { expireCheckouts } from "../checkout/expire-checkouts.ts";
import { cleanUpOrphanedLinks } from "../payment-link/clean-up-orphaned-links.ts";
import { connectionDueAt, refreshConnection } from "../connection/refresh-connection.ts";
import { authorizationDueAt, renewAuthorization } from "../connection/renew-authorization.ts";
import { runIsolated } from "./run-isolated.ts";
import { ensureWebhookSubscription, subscriptionDueAt } from "../connection/ensure-webhook-subscription.ts";
import { pollDueCheckouts } from "../checkout/poll-due-checkouts.ts";
import { dispatchWebhooks } from "../webhooks/dispatch-webhooks.ts";
import { rotateVaultKey } from "./rotate-vault-key.ts";
import { withdrawRetired } from "../storefront/retire-shared-link.ts";

/** What is still due after an alarm must not become a loop. */
const SHORTEST_PAUSE_MS = 1_000;
const PAUSE_AFTER_DEFECT_MS = 30_000;

/** A part of the alarm's work, and when it has something to do; null: it has not. Times are milliseconds of the epoch. */
interface Job {
  readonly what: string;
  readonly run: (merchant: MerchantContext) => Promise<void>;
  readonly dueAt: (merchant: MerchantContext) => number | null;
}

/** In this order: somebody waits in front of the first ones, and any of them may wait long for Qonto. */
const JOBS: readonly Job[] = [
  { what: "reading links", run: pollDueCheckouts, dueAt: ({ checkouts }) => checkouts.nextReading() },
  { what: "keeping the consent", run: renewAuthorization, dueAt: authorizationDueAt },
  { what: "closing checkouts", run: expireCheckouts, dueAt: ({ checkouts }) => checkouts.nextClosing() },
  {
    what: "checking announced links",
    run: checkAnnouncedLinks,
    dueAt: ({ announcedLinks }) => announcedLinks.nextDue(),
  },
  {
    what: "deactivating links",
    run: cleanUpOrphanedLinks,
    dueAt: ({ linkReservations }) => linkReservations.nextDue(),
  },
  { what: "keeping the connection", run: refreshConnection, dueAt: connectionDueAt },
  { what: "keeping the webhook subscription", run: ensureWebhookSubscription, dueAt: subscriptionDueAt },
];

/**
 * The alarm: does what is due, each part whatever became of the others.
 *
 * @returns when the next part is due; null: none is. What is relayed to shops plans its own alarms.
 */
export async function runDueJobs(merchant: MerchantContext): Promise<number | null> {
  // First, since all the rest may wait long for Qonto, and once more for what it has told of.
  const isDone = [await runIsolated("relaying events", () => dispatchWebhooks(merchant))];
  for (const { what, run } of JOBS) isDone.push(await runIsolated(what, () => run(merchant)));
  isDone.push(await runIsolated("withdrawing shared links", () => withdrawRetired(merchant)));
  isDone.push(await runIsolated("sealing secrets anew", () => rotateVaultKey(merchant)));
  isDone.push(await runIsolated("forgetting what is old", () => prune(merchant)));
  isDone.push(await runIsolated("relaying events", () => dispatchWebhooks(merchant)));
  const now = Date.now();
  // After a defect the alarm rings again in any case, since what has thrown may have planned nothing.
  const times = isDone.includes(false) ? [now + PAUSE_AFTER_DEFECT_MS] : [];
  await runIsolated("planning the next alarm", () => {
    times.push(...JOBS.map(({ dueAt }) => dueAt(merchant)).filter((time) => time !== null));
  });
  if (times.length === 0) return null;
  return Math.max(Math.min(...times), now + (isDone.includes(false) ? PAUSE_AFTER_DEFECT_MS : SHORTEST_PAUSE_MS));
}

function prune({ inbox, events, idempotencyKeys, deliveries, announcedLinks }: MerchantContext): void {
  const now = Date.now();
  // What is sent comes after the events that it is of: it ends with them.
  for (const kept of [inbox, events, deliveries, idempotencyKeys, announcedLinks]) kept.prune(now);
}
