import type { FulfillmentProcess, OrderProcess } from "@vendure/core";
import { FulfillmentHoldService } from "../services/fulfillment-hold.service.ts";

/** The states of an order whose goods are on their way. */
const FULFILLED: ReadonlySet<string> = new Set(["PartiallyShipped", "Shipped", "PartiallyDelivered", "Delivered"]);

/** Lets no order be shipped or delivered that less was paid for than it costs. */
export function holdOrderProcess(): OrderProcess<never> {
  let holdUnpaid: FulfillmentHoldService;
  return {
    init: (injector) => {
      holdUnpaid = injector.get(FulfillmentHoldService);
    },
    onTransitionStart: async (_from, to, { ctx, order }) =>
      FULFILLED.has(to) ? holdUnpaid.problemOf(ctx, [order.id]) : undefined,
  };
}

/**
 * The same for a fulfilment that was made before the order came to cost more. Vendure moves the order after the
 * fulfilment, and tells nobody why it can't: here the merchant is told.
 */
export function holdFulfillmentProcess(): FulfillmentProcess<never> {
  let holdUnpaid: FulfillmentHoldService;
  return {
    init: (injector) => {
      holdUnpaid = injector.get(FulfillmentHoldService);
    },
    onTransitionStart: async (_from, to, { ctx, orders }) =>
      to === ("Cancelled" as string)
        ? undefined
        : holdUnpaid.problemOf(
            ctx,
            orders.map(({ id }) => id),
          ),
  };
}
