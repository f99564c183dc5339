import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

const EVENTS = 20;
const MINUTE_MS = 60_000;
const SLOW_MS = MINUTE_MS;

/** Each link that is made is an event of Qonto's: one that has not come by then does not come. */
const OVERDUE_AFTER_MS = 5 * MINUTE_MS;

const LOOK_AT_ENDPOINT =
  "See that nothing before the Worker (a firewall, an access rule) stops POST /webhooks/qonto/ and that its log shows no invalid_signature. Until then checkouts are paid later, never lost: their links are read.";

/** How long events take from Qonto to here, and whether they still come. */
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
    return warning("A link was made, and no webhook has come since.", LOOK_AT_ENDPOINT, measured);
  }
  if (lastAt === null) {
    return warning(
      "No webhook has come in yet.",
      "Make a checkout and ask again: Qonto sends an event for each link that is made, within seconds.",
      measured,
    );
  }
  if (median === null)
    return ok("Webhooks come in. None says when it happened, so how long they take is not known.", measured);
  const message = `Of the last ${delays.length} webhooks, half took ${median} ms or less.`;
  return median < SLOW_MS ? ok(message, measured) : warning(message, LOOK_AT_ENDPOINT, measured);
}
