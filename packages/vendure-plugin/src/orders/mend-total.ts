import { Inject, Injectable } from "@nestjs/common";
import { type ID, type Order, OrderService, type RelationPaths, type RequestContext } from "@vendure/core";
import { inCurrencyOf } from "./in-currency-of.ts";
import { partsOf } from "./parts-of.ts";

/** What Vendure reads of an order before it comes to its prices. */
const TO_PRICE = [
  "lines",
  "lines.productVariant",
  "lines.productVariant.productVariantPrices",
  "shippingLines",
  "surcharges",
  "customer",
] satisfies RelationPaths<Order>;

/**
 * Has a cart cost what is in it. Vendure changes carts without a lock: of two changes at once, the second writes a total
 * that knows nothing of the first one's goods, which would then be sold for nothing. It keeps its currency.
 */
@Injectable()
export class MendTotal {
  readonly #orders: OrderService;

  constructor(@Inject(OrderService) orders: OrderService) {
    this.#orders = orders;
  }

  /** @param ctx in a transaction that has the order's lock. */
  async mend(ctx: RequestContext, orderId: ID): Promise<void> {
    const order = await this.#orders.findOne(ctx, orderId, TO_PRICE);
    // A total that is right stays: coming to it again could take back a promotion that has ended since it was agreed.
    if (order === undefined || !order.active || isRight(order)) return;
    await this.#orders.applyPriceAdjustments(inCurrencyOf(order, ctx), order);
  }
}

/** Taxes may be rounded for all of an order, and not for each of its parts. */
function isRight(order: Order): boolean {
  const parts = partsOf(order);
  const sum = parts.reduce((cents, part) => cents + part.cents, 0);
  return Math.abs(sum - order.totalWithTax) <= parts.length;
}
