import type { CheckoutCreated } from "@qonto-pay/core/api";
import type { WorkerResponse } from "../api/worker-request.ts";
import type { Mode } from "./pay-mode.ts";

/**
 * A click until its pay page has replaced this page, or its checkout has ended. It belongs to the purchase: if the page
 * renders its HTML again, the new button takes it over.
 */
export interface Click {
  /** The key of the purchase. */
  readonly key: string;
  readonly mode: Mode;
  /** The tab that the click opened, if any. */
  readonly tab: Window | null;
  /** Whether the shopper may have been on a pay page of the purchase. */
  readonly hasPayPage: boolean;
  answer?: WorkerResponse<CheckoutCreated>;
  /** Whether the pay page was opened. */
  isOpen?: boolean;
}

/** Clicks whose button was removed or states another purchase now, by the key of their purchase. */
export const orphans = new Map<string, Click>();

/**
 * How long an answered click waits for a button that states its purchase. Some pages render in steps: they remove the
 * button and show it when their data has arrived. If none does, the shopper has moved on within the page and must not
 * be sent away from where they are now. A later button for this purchase continues the payment.
 */
const TAKE_OVER_TIMEOUT_MS = 2_000;

/** Ends an answered click unless a button takes it over in time. */
export function expire(click: Click): void {
  setTimeout(() => {
    if (click.answer === undefined || orphans.get(click.key) !== click) return;
    orphans.delete(click.key);
    if (!click.isOpen) click.tab?.close();
  }, TAKE_OVER_TIMEOUT_MS);
}
