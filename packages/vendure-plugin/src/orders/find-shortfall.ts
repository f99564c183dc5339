import { Inject, Injectable } from "@nestjs/common";
import { type ID, OrderService, type RequestContext } from "@vendure/core";
import { KnownCheckouts } from "../storage/known-checkouts.ts";

/** An order that Qonto took money for, and that less was paid for than it costs. */
export interface Shortfall {
  readonly order: { readonly id: ID; readonly code: string };
  /** All in cents, VAT included. */
  readonly total: number;
  readonly paid: number;
}

/** Finds orders that may not be fulfilled, whatever their state says. */
@Injectable()
export class FindShortfall {
  readonly #orders: OrderService;
  readonly #known: KnownCheckouts;

  constructor(@Inject(OrderService) orders: OrderService, @Inject(KnownCheckouts) known: KnownCheckouts) {
    this.#orders = orders;
    this.#known = known;
  }

  /**
   * Null for an order that is paid, by whatever methods, and for one without a payment of ours: how a shop sells on
   * account is its own affair. Refunds don't count: they are given by the merchant, who knows of them.
   */
  async of(ctx: RequestContext, orderId: ID): Promise<Shortfall | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    const settled = (await this.#orders.getOrderPayments(ctx, orderId)).filter(({ state }) => state === "Settled");
    const paid = settled.reduce((sum, { amount }) => sum + amount, 0);
    const total = order.totalWithTax;
    if (
      paid >= total ||
      !(await this.#known.hasAny(
        ctx,
        settled.map(({ transactionId }) => transactionId),
      ))
    )
      return null;
    return { order, total, paid };
  }
}
