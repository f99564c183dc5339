import type { MerchantContext } from "../context/merchant-context.ts";
import { checkAnnouncedLinks } from "../payment-link/check-announced-links.ts";
import { expireCheckouts } from "../checkout/expire-checkouts.ts";
import { cleanUpOrphanedLinks } from "../payment-link/clean-up-orphaned-links.ts";
import { reencryptLocation } from "../connection/connection-location.ts";
import { connectionDueAt, refreshConnection } from "../connection/refresh-connection.ts";
import { authorizationDueTimes, renewAuthorization } from "../connection/renew-authorization.ts";
import type { DueJobs } from "./alarm-scheduler.ts";
import { runIsolated } from "./run-isolated.ts";
import { ensureWebhookSubscription, subscriptionDueAt } from "../connection/ensure-webhook-subscription.ts";
import { pollDueCheckouts } from "../checkout/poll-due-checkouts.ts";
import { deliveriesDueTimes, dispatchWebhooks } from "../webhooks/dispatch-webhooks.ts";
import type { DueTable } from "../storage/sql.ts";
import { withdrawRetired } from "../storefront/retire-shared-link.ts";
import { reencryptEndpointSecrets } from "../webhooks/webhook-endpoints.ts";

/** A part of the alarm's work. Times are milliseconds of the epoch. */
interface Job {
  readonly what: string;
  readonly run: (merchant: MerchantContext) => void | Promise<void>;
  /** The tables that hold its due times. */
  readonly tables: readonly DueTable[];
  /** When it has something to do. Null, and times that are not after this one, count for nothing. */
  readonly dueTimes: (merchant: MerchantContext, after: number) => readonly (number | null)[];
}

const DISPATCH: Job = {
  what: "relaying events",
  run: dispatchWebhooks,
  tables: ["deliveries", "webhookEndpoints"],
  dueTimes: deliveriesDueTimes,
};

/** In this order: somebody waits in front of the first ones, and any of them may wait long for Qonto. */
const JOBS: readonly Job[] = [
  // Before any other job: what ends a suspension of calls must not be the read of one link among many.
  { what: "keeping the consent", run: renewAuthorization, tables: ["settings"], dueTimes: authorizationDueTimes },
  {
    what: "reading links",
    run: pollDueCheckouts,
    tables: ["checkouts"],
    dueTimes: ({ checkouts }, after) => [checkouts.nextReading(after)],
  },
  {
    what: "closing checkouts",
    run: expireCheckouts,
    // A checkout without a link waits for the end of its reservation.
    tables: ["checkouts", "linkReservations"],
    dueTimes: ({ checkouts }, after) => [checkouts.nextClosing(after)],
  },
  {
    what: "checking announced links",
    run: checkAnnouncedLinks,
    tables: ["announcedLinks"],
    dueTimes: ({ announcedLinks }, after) => [announcedLinks.nextDue(after)],
  },
  {
    what: "deactivating links",
    run: cleanUpOrphanedLinks,
    tables: ["linkReservations"],
    dueTimes: ({ linkReservations }, after) => [linkReservations.nextDue(after)],
  },
  {
    what: "keeping the connection",
    run: refreshConnection,
    tables: ["settings"],
    dueTimes: (merchant) => [connectionDueAt(merchant)],
  },
  {
    what: "keeping the webhook subscription",
    run: ensureWebhookSubscription,
    tables: ["settings"],
    dueTimes: (merchant) => [subscriptionDueAt(merchant)],
  },
];

/** Returns when the next of these jobs after this time is due, in milliseconds of the epoch; null if none is. */
export function nextDueAt(merchant: MerchantContext, after: number, { written, failed = [] }: DueJobs): number | null {
  const jobs = [DISPATCH, ...JOBS].filter(
    ({ what, tables }) => !failed.includes(what) && (written === undefined || tables.some((name) => written.has(name))),
  );
  const times = jobs.flatMap(({ dueTimes }) => dueTimes(merchant, after)).filter((time) => time !== null);
  const next = Math.min(...times.filter((time) => time > after));
  return next === Infinity ? null : next;
}

/**
 * The alarm: runs the jobs that are due, each regardless of the others.
 *
 * @returns the names of those that ended in a defect.
 */
export async function runDueJobs(merchant: MerchantContext): Promise<readonly string[]> {
  const failed: string[] = [];
  const run = async (what: string, work: () => void | Promise<void>): Promise<void> => {
    if (!(await runIsolated(what, work))) failed.push(what);
  };
  // First, since all the rest may wait long for Qonto, and again for the events that it has recorded.
  await run(DISPATCH.what, () => DISPATCH.run(merchant));
  for (const job of JOBS) await run(job.what, () => job.run(merchant));
  await run("withdrawing shared links", () => withdrawRetired(merchant));
  await run("sealing secrets anew", () => rotateVaultKey(merchant));
  await run("forgetting what is old", () => prune(merchant));
  await run(DISPATCH.what, () => DISPATCH.run(merchant));
  return failed;
}

function prune({ inbox, events, idempotencyKeys, deliveries, announcedLinks }: MerchantContext): void {
  const now = Date.now();
  // What is sent comes after the events that it is of: it ends with them.
  for (const kept of [inbox, events, deliveries, idempotencyKeys, announcedLinks]) kept.prune(now);
}

/**
 * From the alarm: seals anew what was sealed with the key before the present one and is not replaced by itself, so that
 * the old key can be thrown away.
 */
async function rotateVaultKey(merchant: MerchantContext): Promise<void> {
  for (const sealed of merchant.secretKeys.sealedOfferKeys()) {
    if (await merchant.vault.isCurrent(sealed)) continue;
    const resealed = await merchant.vault.encrypt("offer_key", await merchant.vault.decrypt("offer_key", sealed));
    merchant.secretKeys.replaceOfferKey(sealed, resealed);
  }
  await reencryptEndpointSecrets(merchant);
  await reencryptLocation(merchant);
}
