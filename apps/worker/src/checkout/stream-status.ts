import { type CheckoutStatusReport, isEnded } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { reportOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import type { StatusSubscriber } from "../context/status-subscribers.ts";

/** The longest life of a stream. It ends streams of vanished devices; a browser reconnects automatically. */
const LONGEST_STREAM_MS = 5 * 60 * 1000;

/** Shorter than the idle time after which mobile networks drop a connection. */
const HEARTBEAT_MS = 20_000;

/** How long the page of an evicted stream waits before it connects again. It polls the status meanwhile. */
const EVICTED_RETRY_MS = 30_000;

/**
 * A page can't see comments, but notices a missing heartbeat if the connection died silently
 * (`packages/button/src/status/status-stream.ts`). Listeners for `message` do not receive it. The line of data is
 * needed, because browsers drop an event without one.
 */
const HEARTBEAT = "event: heartbeat\ndata:\n\n";

/** Returns the status of a checkout. @throws ApiError `checkout_not_found`, `origin_not_allowed`. */
export function readStatus(merchant: MerchantContext, checkoutId: string, origin: string | null): CheckoutStatusReport {
  if (origin !== null) requireAllowedOrigin(merchant, origin);
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null) throw new ApiError("checkout_not_found");
  return reportOf(checkout);
}

/**
 * Returns server-sent events: the present status of a checkout, then each change, and heartbeats. The stream ends once
 * the status is final.
 *
 * @throws ApiError as `readStatus`.
 */
export function streamStatus(
  merchant: MerchantContext,
  checkoutId: string,
  origin: string | null,
): ReadableStream<Uint8Array> {
  const first = readStatus(merchant, checkoutId, origin);
  const encoder = new TextEncoder();
  let stop = (): void => {};
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      const send = (text: string): void => controller.enqueue(encoder.encode(text));
      const watcher: StatusSubscriber = {
        send: (report) => {
          send(`data: ${JSON.stringify(report)}\n\n`);
          if (isEnded(report.status)) watcher.end();
        },
        end: () => {
          stop();
          controller.close();
        },
        evict: () => {
          send(`retry: ${EVICTED_RETRY_MS}\n\n`);
          watcher.end();
        },
      };
      const heartbeat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS);
      const longest = setTimeout(() => watcher.end(), LONGEST_STREAM_MS);
      stop = () => {
        clearInterval(heartbeat);
        clearTimeout(longest);
        merchant.statusSubscribers.remove(checkoutId, watcher);
      };
      merchant.statusSubscribers.add(checkoutId, watcher);
      // The first heartbeat shows that more will follow.
      send(`retry: 2000\n\n${HEARTBEAT}`);
      watcher.send(first);
    },
    cancel: () => stop(),
  });
}
