import type { ShopWebhook } from "@qonto-pay/core/api";
import { logDeadLetter, logDefect, logGoneEndpoint } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { blockedHosts } from "./blocked-hosts.ts";
import { nextAttemptAt } from "./retry-schedule.ts";
import { webhookHeaders } from "./sign-webhook.ts";
import { isWebhookUrlAllowed } from "./webhook-url.ts";
import type { FailedAttempt, StoredDelivery } from "../storage/deliveries.ts";
import type { StoredEndpoint } from "../storage/webhook-endpoints.ts";
import { decryptSecrets } from "./webhook-endpoints.ts";

const MOST_AT_ONCE = { endpoint: 10, merchant: 30 } as const;

/** Longer than an attempt can take: one of which nothing was heard by then died with the object, and is made again. */
const LEASE_MS = 60_000;

/** The answer by which a shop says that nothing is to be sent there any more. */
const GONE = 410;

interface Leased {
  readonly endpoint: StoredEndpoint;
  readonly delivery: StoredDelivery;
}

/** When `dispatchWebhooks` has something to do after this time, for each endpoint; null: it has not. */
export function deliveriesDueTimes(merchant: MerchantContext, after: number): readonly (number | null)[] {
  const { deliveries, inFlightDeliveries } = merchant;
  // What waits for its turn at an endpoint is sent once an attempt has ended. The leases of those are due times.
  const start = (id: string): number => (inFlightDeliveries.countOf(id) > 0 ? Math.max(after, Date.now()) : after);
  return enabledEndpoints(merchant).map(({ id }) => deliveries.nextDue(id, start(id)));
}

function enabledEndpoints({ webhookEndpoints }: MerchantContext): readonly StoredEndpoint[] {
  return webhookEndpoints.list().filter(({ isEnabled }) => isEnabled);
}

/**
 * Sends the shops what is due, and waits for none of them: a shop that hangs holds up no alarm, no shopper and no other
 * shop. Each attempt records what became of it, and then has sent what is due by then.
 */
export function dispatchWebhooks(merchant: MerchantContext): void {
  const now = Date.now();
  const endpoints = enabledEndpoints(merchant);
  // Each has its part of what is possible at once, so that none can take all of it.
  const part = Math.min(MOST_AT_ONCE.endpoint, Math.floor(MOST_AT_ONCE.merchant / Math.max(endpoints.length, 1)));
  const leased = endpoints.flatMap((endpoint) => lease(merchant, endpoint, part, now));
  for (const each of leased) {
    merchant.inFlightDeliveries.start(
      each.delivery.id,
      each.endpoint.id,
      () => attempt(merchant, each),
      () => merchant.dispatchSoon(),
    );
  }
}

function lease(merchant: MerchantContext, endpoint: StoredEndpoint, part: number, now: number): readonly Leased[] {
  const { deliveries, inFlightDeliveries } = merchant;
  const free = Math.min(
    part - inFlightDeliveries.countOf(endpoint.id),
    MOST_AT_ONCE.merchant - inFlightDeliveries.size,
  );
  if (free <= 0) return [];
  const due = deliveries.due(endpoint.id, now, free);
  for (const { id } of due) deliveries.lease(id, now + LEASE_MS);
  // One that is under way was replayed meanwhile, or the clock was set.
  return due.filter(({ id }) => !inFlightDeliveries.has(id)).map((delivery) => ({ endpoint, delivery }));
}

/** One attempt, and what follows from it. */
async function attempt(merchant: MerchantContext, leased: Leased): Promise<void> {
  const { status, problem } = await send(merchant, leased);
  const now = Date.now();
  const endpoint = merchant.webhookEndpoints.find(leased.endpoint.id);
  const delivery = merchant.deliveries.find(leased.endpoint.id, leased.delivery.id);
  if (endpoint === null || delivery?.status !== "pending") return;
  if (problem === null) {
    merchant.deliveries.recordDelivered(delivery, status, now);
    return;
  }
  if (status === GONE && endpoint.url === leased.endpoint.url) {
    merchant.webhookEndpoints.change(endpoint.id, { ...endpoint, isEnabled: false, disabledReason: "gone" });
    // It waits for the endpoint to be enabled again.
    merchant.deliveries.recordFailed(delivery, { status, problem }, now, now);
    logGoneEndpoint(merchant.name, endpoint.id);
    return;
  }
  const next = nextAttemptAt(delivery.attempts + 1, delivery.begunAt, now, Math.random());
  merchant.deliveries.recordFailed(delivery, { status, problem }, next, now);
  if (next === null) logDeadLetter(merchant.name, endpoint.id, delivery.id);
}

type Attempted = { readonly problem: null; readonly status: number } | FailedAttempt;

async function send(merchant: MerchantContext, { endpoint, delivery }: Leased): Promise<Attempted> {
  const { url } = endpoint;
  // The rule may have become stricter since the address was saved, and the deployment may have moved to it.
  if (!isWebhookUrlAllowed(url, blockedHosts(merchant.config))) return { problem: "address", status: null };
  try {
    const body = bodyOf(merchant, delivery);
    const now = Date.now();
    const headers = await webhookHeaders(delivery.eventId, body, await decryptSecrets(merchant, endpoint, now), now);
    return await merchant.webhookSender.send({ url, headers, body });
  } catch (defect) {
    logDefect("sending a webhook", defect);
    return { problem: "network", status: null };
  }
}

/** The same bytes at each attempt. */
function bodyOf(merchant: MerchantContext, { eventNumber }: StoredDelivery): string {
  const event = merchant.events.find(eventNumber);
  if (event === null) throw new TypeError("a delivery without its event");
  const { id, type, created_at: timestamp, data } = event;
  return JSON.stringify({ id, type, timestamp, data } satisfies ShopWebhook);
}
