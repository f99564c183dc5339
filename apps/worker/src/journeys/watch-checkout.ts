import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import { Failure } from "../failure/failure.ts";
import { isFinal, reportOf } from "./checkout-report.ts";
import type { Merchant } from "./merchant.ts";
import { requireAllowedOrigin } from "./require-allowed-origin.ts";

/** A stream keeps the merchant object in memory; the browser opens a new one by itself. */
const LONGEST_STREAM_MS = 5 * 60 * 1000;

/** Shorter than the idle time after which mobile networks drop a connection. */
const HEARTBEAT_MS = 20_000;

/** Tells how a checkout stands now. @throws Failure `checkout_not_found`, `origin_not_allowed`. */
export function readStatus(merchant: Merchant, checkoutId: string, origin: string | null): CheckoutStatusReport {
  if (origin !== null) requireAllowedOrigin(merchant, origin);
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null) throw new Failure("checkout_not_found");
  return reportOf(checkout, Date.now());
}

/**
 * Server-sent events: how a checkout stands now, then every change as it happens. Ends after a final status.
 *
 * @throws Failure as `readStatus`.
 */
export function watchStatus(merchant: Merchant, checkoutId: string, origin: string | null): ReadableStream<Uint8Array> {
  const first = readStatus(merchant, checkoutId, origin);
  const encoder = new TextEncoder();
  let stop = (): void => {};
  return new ReadableStream({
    type: "bytes",
    start(controller) {
      const send = (report: CheckoutStatusReport): void => {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(report)}\n\n`));
        if (isFinal(report.status)) end();
      };
      const end = (): void => {
        stop();
        controller.close();
      };
      const heartbeat = setInterval(() => controller.enqueue(encoder.encode(":\n\n")), HEARTBEAT_MS);
      const longest = setTimeout(end, LONGEST_STREAM_MS);
      const leave = merchant.watchers.add(checkoutId, send);
      stop = () => {
        clearInterval(heartbeat);
        clearTimeout(longest);
        leave();
      };
      controller.enqueue(encoder.encode("retry: 2000\n\n"));
      send(first);
    },
    cancel: () => stop(),
  });
}
