import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, type OrderProcess } from "@vendure/core";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";
import { WithdrawCheckouts } from "./withdraw-checkouts.ts";

/**
 * Looks, before an order is cancelled, whether it was paid meanwhile: then it is settled instead. Whoever wants it
 * cancelled all the same sees a paid order, which is refunded first.
 */
export function cancelProcess(): OrderProcess<never> {
  let withdrawCheckouts: WithdrawCheckouts;
  let settleCheckout: SettleCheckout;
  return {
    init: (injector) => {
      withdrawCheckouts = injector.get(WithdrawCheckouts);
      settleCheckout = injector.get(SettleCheckout);
    },
    onTransitionStart: async (_from, to, { ctx, order }) => {
      if (to !== ("Cancelled" as string)) return undefined;
      try {
        const { paid, isBeingPaid } = await withdrawCheckouts.withdraw(ctx, order);
        for (const checkout of paid) await settleCheckout.settlePaid(ctx, order, checkout);
        if (paid.length > 0) return "It was paid meanwhile: look at the order's payments and history first.";
        return isBeingPaid ? "A payment is under way at Qonto: try again in some minutes." : undefined;
      } catch (error) {
        if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
        Logger.error(`Order ${order.code} can't be cancelled now: ${error.message}`, LOG_CONTEXT);
        return "Whether it was paid can't be found out now: try again in some minutes.";
      }
    },
  };
}
