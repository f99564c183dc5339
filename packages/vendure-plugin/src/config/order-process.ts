import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, type Order, type OrderProcess, type RequestContext } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { CheckoutService } from "../services/checkout.service.ts";
import { FulfillmentHoldService } from "../services/fulfillment-hold.service.ts";
import { MerchantNoteService } from "../services/merchant-note.service.ts";
import { SettlementService } from "../services/settlement.service.ts";

const LATER = "try again in a few minutes";

/** The states of an order whose goods have left. */
const FULFILLED: ReadonlySet<string> = new Set(["PartiallyShipped", "Shipped", "PartiallyDelivered", "Delivered"]);

/**
 * Checks before an order is cancelled whether it was paid meanwhile. If so, settles it instead: a merchant who wants to
 * cancel it anyway sees a paid order and refunds it first.
 */
export function cancelProcess(): OrderProcess<never> {
  let checkouts: CheckoutService;
  let settlement: SettlementService;
  let notes: MerchantNoteService;

  /**
   * Rejects the cancellation of an active order. Vendure cancels the lines of a placed order before it calls this
   * process, and a rejection does not restore them, so the merchant gets a note instead.
   */
  async function refuse(
    ctx: RequestContext,
    order: Order,
    problem: string,
    advice: string,
  ): Promise<string | undefined> {
    if (order.active) return `${problem}: ${advice}.`;
    await notes.add(ctx, order, `This order was cancelled. ${problem}: look for its payments at Qonto.`);
    return undefined;
  }

  return {
    init: (injector) => {
      checkouts = injector.get(CheckoutService);
      settlement = injector.get(SettlementService);
      notes = injector.get(MerchantNoteService);
    },
    onTransitionStart: async (_from, to, { ctx, order }) => {
      if (to !== ("Cancelled" as string)) return undefined;
      try {
        const { paid, isBeingPaid } = await checkouts.endAll(ctx, order);
        for (const checkout of paid) await settlement.settlePaid(ctx, order, checkout);
        if (paid.length > 0)
          return refuse(ctx, order, "It was paid meanwhile", "look at its payments and history first");
        return isBeingPaid ? refuse(ctx, order, "A payment is under way at Qonto", LATER) : undefined;
      } catch (error) {
        if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
        Logger.error(`Order ${order.code} can't be cancelled now: ${error.message}`, LOG_CONTEXT);
        return refuse(ctx, order, "Its payment status is not available now", LATER);
      }
    },
  };
}

/** Prevents an underpaid order from being shipped or delivered. */
export function holdOrderProcess(): OrderProcess<never> {
  let hold: FulfillmentHoldService;
  return {
    init: (injector) => {
      hold = injector.get(FulfillmentHoldService);
    },
    onTransitionStart: async (_from, to, { ctx, order }) =>
      FULFILLED.has(to) ? hold.problemOf(ctx, [order.id]) : undefined,
  };
}
