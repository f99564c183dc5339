import { Inject, Injectable } from "@nestjs/common";
import { type ID, type Order, OrderService, type RequestContext, totalCoveredByPayments } from "@vendure/core";

/** An order, and what is still to be paid of it. */
export interface OrderWithDue {
  readonly order: Order;
  /** In cents, VAT included. */
  readonly due: number;
}

/** Reads an order as it is now. What is due is counted as Vendure counts it when a payment is added. */
@Injectable()
export class OrderDue {
  readonly #orders: OrderService;

  constructor(@Inject(OrderService) orders: OrderService) {
    this.#orders = orders;
  }

  /** Null where there is no such order any more. */
  async read(ctx: RequestContext, orderId: ID): Promise<OrderWithDue | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    order.payments = await this.#orders.getOrderPayments(ctx, orderId);
    return { order, due: order.totalWithTax - totalCoveredByPayments(order) };
  }
}
