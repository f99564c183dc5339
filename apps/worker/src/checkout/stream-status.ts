import { type CheckoutStatusReport, isEnded } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { reportOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import type { StatusSubscriber } from "../context/status-subscribers.ts";

/** A device that vanished is noticed by this at the latest; a browser that is still there opens a new stream by itself. */
const LONGEST_STREAM_MS = 5 * 60 * 1000;

/** Shorter than the idle time after which mobile networks drop a connection. */
const HEARTBEAT_MS = 20_000;

/**
 * A page can't hear comments, and misses this where the connection died silently (`packages/button/src/status/status-stream.ts`).
 * Who listens to messages alone does not hear it. The line of data is needed: an event without one is dropped.
 */
const HEARTBEAT = "event: heartbeat\ndata:\n\n";

/** Tells how a checkout stands now. @throws ApiError `checkout_not_found`, `origin_not_allowed`. */
export function readStatus(merchant: MerchantContext, checkoutId: string, origin: string | null): CheckoutStatusReport {
  if (origin !== null) requireAllowedOrigin(merchant, origin);
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null) throw new ApiError("checkout_not_found");
  return reportOf(checkout);
}

/**
 * Server-sent events: how a checkout stands now, then every change as it happens, and heartbeats. Ends once nothing more
 * is to be expected.
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
      };
      const heartbeat = setInterval(() => send(HEARTBEAT), HEARTBEAT_MS);
      const longest = setTimeout(() => watcher.end(), LONGEST_STREAM_MS);
      stop = () => {
        clearInterval(heartbeat);
        clearTimeout(longest);
        merchant.statusSubscribers.remove(checkoutId, watcher);
      };
      merchant.statusSubscribers.add(checkoutId, watcher);
      // The first heartbeat tells that more are to be expected.
      send(`retry: 2000\n\n${HEARTBEAT}`);
      watcher.send(first);
    },
    cancel: () => stop(),
  });
}
