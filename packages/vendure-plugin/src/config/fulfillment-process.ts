import type { FulfillmentProcess } from "@vendure/core";
import { FulfillmentHoldService } from "../services/fulfillment-hold.service.ts";

/**
 * Prevents a fulfilment from being shipped or delivered if the order costs more since the fulfilment was created.
 * Vendure moves the order after the fulfilment and does not report why the order can't move: this process shows the
 * reason to the merchant.
 */
export function holdFulfillmentProcess(): FulfillmentProcess<never> {
  let hold: FulfillmentHoldService;
  return {
    init: (injector) => {
      hold = injector.get(FulfillmentHoldService);
    },
    onTransitionStart: async (_from, to, { ctx, orders }) =>
      to === ("Cancelled" as string)
        ? undefined
        : hold.problemOf(
            ctx,
            orders.map(({ id }) => id),
          ),
  };
}
