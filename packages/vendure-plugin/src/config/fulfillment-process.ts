import type { FulfillmentProcess } from "@vendure/core";
import { FulfillmentHoldService } from "../services/fulfillment-hold.service.ts";

/**
 * Lets no fulfilment be shipped or delivered that was made before the order came to cost more. Vendure moves the order
 * after the fulfilment, and doesn't report why it can't: this process shows the reason to the merchant.
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
