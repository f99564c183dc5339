import { Inject, Injectable } from "@nestjs/common";
import { CurrencyCode, type ID, type Order, OrderService, type Payment, type RequestContext } from "@vendure/core";
import { CheckoutStoreService } from "../services/checkout-store.service.ts";

/** An order that Qonto took money for, and that less was paid for than it costs, or something else than it costs. */
export interface Shortfall {
  readonly order: Pick<Order, "id" | "code" | "currencyCode">;
  /** All in cents, VAT included; of which currency a payment is, Vendure does not know. */
  readonly total: number;
  readonly paid: number;
  /** What is not paid yet, and is to be had by settling a payment. */
  readonly authorized: number;
}

/** Finds orders that may not be fulfilled, whatever their state says. */
@Injectable()
export class FindShortfall {
  readonly #orders: OrderService;
  readonly #known: CheckoutStoreService;

  constructor(@Inject(OrderService) orders: OrderService, @Inject(CheckoutStoreService) known: CheckoutStoreService) {
    this.#orders = orders;
    this.#known = known;
  }

  /**
   * Null for an order that is paid, by whatever methods, and for one without a payment of ours: how a shop sells on
   * account is its own affair. Refunds don't count: they are given by the merchant, who knows of them.
   *
   * Nor does what is authorized count, though it is not due any more: it may lapse, or be cancelled, when the goods are
   * gone. Vendure itself makes no order `Shipped` that is `PaymentAuthorized`, and to settle it first is one click.
   */
  async of(ctx: RequestContext, orderId: ID): Promise<Shortfall | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return null;
    const payments = await this.#orders.getOrderPayments(ctx, orderId);
    const settled = payments.filter(({ state }) => state === "Settled");
    const authorized = payments.filter(({ state }) => state === "Authorized");
    const [total, paid] = [order.totalWithTax, sumOf(settled)];
    // A payment of ours is in euros: for what costs something else, no number of them is enough.
    const isPaid = paid >= total && order.currencyCode === CurrencyCode.EUR;
    const ids = settled.map(({ transactionId }) => transactionId);
    if (isPaid || !(await this.#known.hasAny(ctx, ids))) return null;
    return { order, total, paid, authorized: sumOf(authorized) };
  }
}

function sumOf(payments: readonly Payment[]): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0);
}
