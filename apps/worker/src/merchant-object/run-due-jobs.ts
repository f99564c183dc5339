import type { MerchantContext } from "../context/merchant-context.ts";
import { checkAnnouncedLinks } from "../payment-link/check-announced-links.ts";
import { deleteExpiredCheckouts, expireSoon, expiryDueAt } from "../checkout/delete-expired-checkouts.ts";
import { expireCheckouts } from "../checkout/expire-checkouts.ts";
import { cleanUpOrphanedLinks } from "../payment-link/clean-up-orphaned-links.ts";
import { reencryptLocation } from "../connection/connection-location.ts";
import { connectionDueAt, refreshConnection } from "../connection/refresh-connection.ts";
import { authorizationDueTimes, renewAuthorization } from "../connection/renew-authorization.ts";
import type { DueJobs } from "./alarm-scheduler.ts";
import { reportStorage } from "../events/storage-alerts.ts";
import { endFlood } from "../flood/flood-alerts.ts";
import { runIsolated } from "./run-isolated.ts";
import { ensureWebhookSubscription, subscriptionDueAt } from "../connection/ensure-webhook-subscription.ts";
import { readDueCheckouts } from "../checkout/read-due-checkouts.ts";
import { deliveriesDueTimes, dispatchWebhooks } from "../webhooks/dispatch-webhooks.ts";
import { type DueTable, MOST_PRUNED } from "../storage/sql.ts";
import { deactivateRetired } from "../storefront/retire-shared-link.ts";
import { reencryptEndpointSecrets } from "../webhooks/webhook-endpoints.ts";

/** A part of the alarm's work. Times are milliseconds since the epoch. */
interface Job {
  readonly what: string;
  readonly run: (merchant: MerchantContext) => void | Promise<void>;
  /** The tables that hold its due times. */
  readonly tables: readonly DueTable[];
  /** Returns the time at which it is due. The caller ignores null, and times that are not later than `after`. */
  readonly dueTimes: (merchant: MerchantContext, after: number) => readonly (number | null)[];
}

const DISPATCH: Job = {
  what: "dispatch webhooks",
  run: dispatchWebhooks,
  tables: ["deliveries", "webhookEndpoints"],
  dueTimes: deliveriesDueTimes,
};

/** Ordered by urgency: shoppers wait for the first jobs, and any job may wait long for Qonto. */
const JOBS: readonly Job[] = [
  // Runs before any other job: in a suspension, this job makes the only call, which tests the authorization.
  { what: "renew the authorization", run: renewAuthorization, tables: ["settings"], dueTimes: authorizationDueTimes },
  {
    what: "read due checkouts",
    run: readDueCheckouts,
    tables: ["checkouts"],
    dueTimes: ({ checkoutReads }, after) => [checkoutReads.nextReading(after)],
  },
  {
    what: "expire checkouts",
    run: expireCheckouts,
    // A checkout without a link waits for the end of its reservation.
    tables: ["checkouts", "linkReservations"],
    dueTimes: ({ checkouts }, after) => [checkouts.nextClosing(after)],
  },
  {
    what: "check announced links",
    run: checkAnnouncedLinks,
    tables: ["announcedLinks"],
    dueTimes: ({ announcedLinks }, after) => [announcedLinks.nextDue(after)],
  },
  {
    what: "clean up orphaned links",
    run: cleanUpOrphanedLinks,
    tables: ["linkReservations"],
    dueTimes: ({ linkReservations }, after) => [linkReservations.nextDue(after)],
  },
  {
    what: "refresh the connection",
    run: refreshConnection,
    tables: ["settings"],
    dueTimes: (merchant) => [connectionDueAt(merchant)],
  },
  {
    what: "ensure the webhook subscription",
    run: ensureWebhookSubscription,
    tables: ["settings"],
    dueTimes: (merchant) => [subscriptionDueAt(merchant)],
  },
  {
    what: "end the flood",
    run: endFlood,
    tables: ["settings"],
    dueTimes: ({ floodGate }) => [floodGate.watch.endsAt],
  },
  {
    what: "delete expired checkouts",
    run: deleteExpiredCheckouts,
    tables: ["settings"],
    dueTimes: (merchant) => [expiryDueAt(merchant)],
  },
];

/**
 * Returns the time at which the next of these jobs after this time is due, in milliseconds since the epoch; null if
 * none is.
 */
export function nextDueAt(merchant: MerchantContext, after: number, { written, failed = [] }: DueJobs): number | null {
  const jobs = [DISPATCH, ...JOBS].filter(
    ({ what, tables }) => !failed.includes(what) && (written === undefined || tables.some((name) => written.has(name))),
  );
  const times = jobs.flatMap(({ dueTimes }) => dueTimes(merchant, after)).filter((time) => time !== null);
  const next = Math.min(...times.filter((time) => time > after));
  return next === Infinity ? null : next;
}

/**
 * Runs the due jobs of the alarm. A defect in one does not affect the others.
 *
 * @returns the names of those that ended in a defect.
 */
export async function runDueJobs(merchant: MerchantContext): Promise<readonly string[]> {
  const failed: string[] = [];
  const run = async (what: string, work: () => void | Promise<void>): Promise<void> => {
    if (!(await runIsolated(what, work))) failed.push(what);
  };
  // First, because every other job may wait long for Qonto; again at the end, for the events that they recorded.
  await run(DISPATCH.what, () => DISPATCH.run(merchant));
  for (const job of JOBS) await run(job.what, () => job.run(merchant));
  await run("deactivate retired shared links", () => deactivateRetired(merchant));
  await run("rotate the vault key", () => rotateVaultKey(merchant));
  await run("prune expired rows", () => prune(merchant));
  await run("report the used storage", () => reportStorage(merchant));
  await run(DISPATCH.what, () => DISPATCH.run(merchant));
  return failed;
}

function prune(merchant: MerchantContext): void {
  const { inbox, events, idempotencyKeys, deliveries, announcedLinks } = merchant;
  const now = Date.now();
  const expired = events.prune(now);
  deliveries.removeOfEvents(expired, now);
  const areLeft = [inbox, deliveries, idempotencyKeys, announcedLinks].map((kept) => kept.prune(now));
  if (expired.length === MOST_PRUNED || areLeft.includes(true)) expireSoon(merchant);
}

/**
 * Runs from the alarm. Re-encrypts values that were encrypted with the previous vault key and are not replaced
 * automatically, so that the operator can remove that key.
 */
async function rotateVaultKey(merchant: MerchantContext): Promise<void> {
  for (const sealed of merchant.secretKeys.sealedOfferKeys()) {
    if (await merchant.vault.isCurrent(sealed)) continue;
    const reencrypted = await merchant.vault.encrypt("offer_key", await merchant.vault.decrypt("offer_key", sealed));
    merchant.secretKeys.replaceOfferKey(sealed, reencrypted);
  }
  await reencryptEndpointSecrets(merchant);
  await reencryptLocation(merchant);
}
