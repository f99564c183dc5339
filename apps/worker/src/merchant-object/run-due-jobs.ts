import type { MerchantContext } from "../context/merchant-context.ts";
import { checkAnnouncedLinks } from "../payment-link/check-announced-links.ts";
import { expireCheckouts } from "../checkout/expire-checkouts.ts";
import { cleanUpOrphanedLinks } from "../payment-link/clean-up-orphaned-links.ts";
import { reencryptLocation } from "../connection/connection-location.ts";
import { connectionDueAt, refreshConnection } from "../connection/refresh-connection.ts";
import { authorizationDueTimes, renewAuthorization } from "../connection/renew-authorization.ts";
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

/**
 * When the next job after this time is due, in milliseconds of the epoch; null: none is.
 *
 * @param tables looks only at jobs with due times in these; undefined: at all.
 */
export function nextDueAt(merchant: MerchantContext, after: number, tables?: ReadonlySet<DueTable>): number | null {
  const jobs = [DISPATCH, ...JOBS].filter((job) => tables === undefined || job.tables.some((name) => tables.has(name)));
  const times = jobs.flatMap(({ dueTimes }) => dueTimes(merchant, after)).filter((time) => time !== null);
  const next = Math.min(...times.filter((time) => time > after));
  return next === Infinity ? null : next;
}

/**
 * The alarm: runs the jobs that are due, each regardless of the others.
 *
 * @returns whether all of them ran without a defect.
 */
export async function runDueJobs(merchant: MerchantContext): Promise<boolean> {
  // First, since all the rest may wait long for Qonto, and once more for what it has told of.
  const isDone = [await runIsolated(DISPATCH.what, () => DISPATCH.run(merchant))];
  for (const { what, run } of JOBS) isDone.push(await runIsolated(what, () => run(merchant)));
  isDone.push(await runIsolated("withdrawing shared links", () => withdrawRetired(merchant)));
  isDone.push(await runIsolated("sealing secrets anew", () => rotateVaultKey(merchant)));
  isDone.push(await runIsolated("forgetting what is old", () => prune(merchant)));
  isDone.push(await runIsolated(DISPATCH.what, () => DISPATCH.run(merchant)));
  return !isDone.includes(false);
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
