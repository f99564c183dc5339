import { CONSENT_REVOCATIONS_EVENT, WEBHOOK_EVENT_TYPES, type WebhookSubscription } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { callbackUrlOf, findOurs, missingTypes } from "../connection/ensure-webhook-subscription.ts";
import { failing, type Finding, ok, warning, isoOf } from "./check.ts";

const SUBSCRIPTION_REMEDIATION =
  "Send POST /v1/diagnostics/repair, and check again in a minute. If the problem remains, make sure that expected_url is the https address under which Qonto reaches this deployment (WORKER_URL).";

/** Checks whether Qonto sends this merchant's events to this Worker. @throws QontoError */
export async function checkWebhookSubscription(merchant: MerchantContext): Promise<Finding<"webhook_subscription">> {
  const ours = await findOurs(merchant);
  const here = callbackUrlOf(merchant);
  const measured = {
    expected_url: here,
    found: ours.map(({ callback_url: url, types }) => ({ url, types })),
  };
  const sentHere = ours.filter(({ callback_url }) => callback_url === here);
  const missing = missingTypes(sentHere);
  const isDoubled = sentHere.length < ours.length || WEBHOOK_EVENT_TYPES.some((type) => countOf(sentHere, type) > 1);
  if (missing.length === 0 && !isDoubled) return ok("Qonto sends every type of event to this Worker.", measured);
  if (ours.length === 0) return failing("Qonto has no subscription of ours.", SUBSCRIPTION_REMEDIATION, measured);
  if (missing.some((type) => type !== CONSENT_REVOCATIONS_EVENT)) {
    return failing(`Qonto does not send ${missing.join(", ")} to this Worker.`, SUBSCRIPTION_REMEDIATION, measured);
  }
  if (missing.length > 0) {
    return warning(
      `Qonto does not send ${CONSENT_REVOCATIONS_EVENT}: the Worker notices a revoked consent only with its next call.`,
      SUBSCRIPTION_REMEDIATION,
      measured,
    );
  }
  return warning(
    "Qonto sends each event more than once, until the Worker has verified a webhook with the newest secret.",
    "Create a checkout: Qonto sends an event for it, and the Worker then deletes the previous subscription.",
    measured,
  );
}

function countOf(subscriptions: readonly WebhookSubscription[], type: string): number {
  return subscriptions.filter(({ types }) => types.includes(type)).length;
}

const EVENTS = 20;
const MINUTE_MS = 60_000;
const SLOW_MS = MINUTE_MS;

/** Qonto sends an event for each new link. One that has not arrived by then is lost. */
const OVERDUE_AFTER_MS = 5 * MINUTE_MS;

const LOOK_AT_ENDPOINT =
  "Make sure that nothing in front of the Worker (a firewall, an access rule) blocks POST /webhooks/qonto/ and that its log shows no invalid_signature. Until then, checkouts become paid later, but none is lost: the Worker polls their links.";

/** Checks whether Qonto's events arrive, and measures their delay. */
export function checkWebhookRoundTrip(merchant: MerchantContext): Finding<"webhook_round_trip"> {
  const arrivals = merchant.inbox.newest(EVENTS);
  const delays = arrivals
    .flatMap(({ happenedAt, receivedAt }) => (happenedAt === null ? [] : [receivedAt - happenedAt]))
    .toSorted((a, b) => a - b);
  const lastAt = arrivals[0]?.receivedAt ?? null;
  const median = delays[Math.floor(delays.length / 2)] ?? null;
  const measured = {
    events: delays.length,
    last_received_at: isoOf(lastAt),
    median_ms: median,
    longest_ms: delays.at(-1) ?? null,
  };
  const mintedAt = merchant.checkouts.newestMintedBefore(Date.now() - OVERDUE_AFTER_MS);
  if (mintedAt !== null && (lastAt === null || lastAt < mintedAt)) {
    return warning("A link was created, and no webhook has arrived since.", LOOK_AT_ENDPOINT, measured);
  }
  if (lastAt === null) {
    return warning(
      "No webhook has arrived yet.",
      "Create a checkout and run the diagnostics again: Qonto sends an event for each new link within seconds.",
      measured,
    );
  }
  if (median === null)
    return ok("Webhooks arrive. None states when its event happened, so the delay is not known.", measured);
  const message = `Of the last ${delays.length} webhooks, half took ${median} ms or less.`;
  return median < SLOW_MS ? ok(message, measured) : warning(message, LOOK_AT_ENDPOINT, measured);
}

/** Checks whether the merchant's shops receive events. */
export function checkWebhookEndpoints(merchant: MerchantContext): Finding<"webhook_endpoints"> {
  const endpoints = merchant.webhookEndpoints.list().map(({ id, url, isEnabled, disabledReason }) => ({
    id,
    url,
    enabled: isEnabled,
    disabled_reason: disabledReason,
    pending: merchant.deliveries.count(id, "pending"),
    dead: merchant.deliveries.count(id, "dead"),
  }));
  const measured = { endpoints };
  if (endpoints.some(({ enabled }) => !enabled)) {
    return warning(
      "A webhook endpoint is disabled: its shop receives no events.",
      "Once it answers 2xx again (`gone`: it answered 410), send PATCH /v1/webhook_endpoints/{id} with enabled true: pending events are sent at once. Events recorded while it was disabled are not pending: send POST /v1/webhook_endpoints/{id}/replay with the time since which it was disabled. If the endpoint is no longer needed, delete it.",
      measured,
    );
  }
  if (endpoints.some(({ dead }) => dead > 0)) {
    return warning(
      "Events could not be delivered for 3 days and were given up.",
      "Look at last_status and last_problem in GET /v1/webhook_endpoints/{id}/deliveries?status=dead, repair the shop, then send POST /v1/webhook_endpoints/{id}/replay with the time at which the outage began.",
      measured,
    );
  }
  if (endpoints.length === 0) return ok("No webhook endpoint exists: the shop has to poll GET /v1/events.", measured);
  return ok("No webhook endpoint is disabled, and no event was given up.", measured);
}
