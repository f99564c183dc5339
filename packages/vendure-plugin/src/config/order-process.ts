import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, type Order, type OrderProcess, type RequestContext } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { SettlementService } from "../services/settlement.service.ts";
import { MerchantNoteService } from "../services/merchant-note.service.ts";
import { CheckoutService } from "../services/checkout.service.ts";

const LATER = "try again in some minutes";

/**
 * Looks, before an order is cancelled, whether it was paid meanwhile: then it is settled instead. Whoever wants it
 * cancelled all the same sees a paid order, which is refunded first.
 */
export function cancelProcess(): OrderProcess<never> {
  let checkouts: CheckoutService;
  let settleCheckout: SettlementService;
  let tellMerchant: MerchantNoteService;

  /** Vendure has cancelled the lines of a placed order before it asks, and takes that back for no refusal: that is told. */
  async function refuse(
    ctx: RequestContext,
    order: Order,
    problem: string,
    advice: string,
  ): Promise<string | undefined> {
    if (order.active) return `${problem}: ${advice}.`;
    await tellMerchant.add(ctx, order, `This order was cancelled. ${problem}: look for its payments at Qonto.`);
    return undefined;
  }

  return {
    init: (injector) => {
      checkouts = injector.get(CheckoutService);
      settleCheckout = injector.get(SettlementService);
      tellMerchant = injector.get(MerchantNoteService);
    },
    onTransitionStart: async (_from, to, { ctx, order }) => {
      if (to !== ("Cancelled" as string)) return undefined;
      try {
        const { paid, isBeingPaid } = await checkouts.endAll(ctx, order);
        for (const checkout of paid) await settleCheckout.settlePaid(ctx, order, checkout);
        if (paid.length > 0)
          return refuse(ctx, order, "It was paid meanwhile", "look at its payments and history first");
        return isBeingPaid ? refuse(ctx, order, "A payment is under way at Qonto", LATER) : undefined;
      } catch (error) {
        if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
        Logger.error(`Order ${order.code} can't be cancelled now: ${error.message}`, LOG_CONTEXT);
        return refuse(ctx, order, "Whether it was paid can't be found out now", LATER);
      }
    },
  };
}
