import { QontoFault } from "../qonto/qonto-fault.ts";
import type { DueEvent } from "../storage/inbox.ts";
import { advanceCheckout } from "./advance-checkout.ts";
import type { Merchant } from "./merchant.ts";

const LONGEST_WAIT_MS = 60 * 60 * 1000;

/**
 * The paid journey's second half, from the alarm: looks into every recorded event. Never throws a `QontoFault`: an event
 * whose link can't be read now is looked into again, for as long as it takes.
 */
export async function processInbox(merchant: Merchant): Promise<void> {
  for (const event of merchant.inbox.due(Date.now())) {
    const checkout = merchant.checkouts.findByLink(event.paymentLinkId);
    // Not one of ours, or not yet: recording the link wakes the event again.
    if (checkout === null) merchant.inbox.settle(event.eventId);
    else await lookInto(merchant, event, checkout.id);
  }
}

async function lookInto(merchant: Merchant, event: DueEvent, checkoutId: string): Promise<void> {
  try {
    await advanceCheckout(merchant, checkoutId);
    merchant.inbox.settle(event.eventId);
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    const wait = fault.retryAfter === undefined ? 1000 * 2 ** event.tries : 1000 * fault.retryAfter;
    merchant.inbox.postpone(event.eventId, Date.now() + Math.min(wait, LONGEST_WAIT_MS));
  }
}
