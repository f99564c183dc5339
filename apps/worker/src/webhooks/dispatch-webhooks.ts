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

/** Longer than an attempt can take. An attempt without a result by then died with the object and is repeated. */
const LEASE_MS = 60_000;

/** A shop's answer that nothing more should be sent to this address. */
const GONE = 410;

interface Leased {
  readonly endpoint: StoredEndpoint;
  readonly delivery: StoredDelivery;
}

/** Returns the next due time of `dispatchWebhooks` after this time for each endpoint; null if nothing is due. */
export function deliveriesDueTimes(merchant: MerchantContext, after: number): readonly (number | null)[] {
  const { deliveries, inFlightDeliveries } = merchant;
  // Deliveries that wait for a free slot are sent after an attempt ends. The leases of those attempts are due times.
  const start = (id: string): number => (inFlightDeliveries.countOf(id) > 0 ? Math.max(after, Date.now()) : after);
  return enabledEndpoints(merchant).map(({ id }) => deliveries.nextDue(id, start(id)));
}

function enabledEndpoints({ webhookEndpoints }: MerchantContext): readonly StoredEndpoint[] {
  return webhookEndpoints.list().filter(({ isEnabled }) => isEnabled);
}

/**
 * Sends due deliveries without waiting for the shops: a shop that hangs delays no alarm, no shopper and no other shop.
 * Each attempt records its result and then starts the deliveries that are due by then.
 */
export function dispatchWebhooks(merchant: MerchantContext): void {
  const now = Date.now();
  const endpoints = enabledEndpoints(merchant);
  // Each endpoint gets a part of the simultaneous attempts, so that none can take all.
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
  // If a delivery is already in flight, it was replayed meanwhile, or the clock was set.
  return due.filter(({ id }) => !inFlightDeliveries.has(id)).map((delivery) => ({ endpoint, delivery }));
}

/** Makes one attempt and records its result. */
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
    // The delivery waits until the endpoint is enabled again.
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
  // The rules may have become stricter after the address was stored, or the deployment may have moved to it.
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

/** Returns the body of a delivery: the same bytes at each attempt. */
function bodyOf(merchant: MerchantContext, { eventNumber }: StoredDelivery): string {
  const event = merchant.events.find(eventNumber);
  if (event === null) throw new TypeError("the event of a delivery is missing");
  const { id, type, created_at: timestamp, data } = event;
  return JSON.stringify({ id, type, timestamp, data } satisfies ShopWebhook);
}
