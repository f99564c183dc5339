import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import { isGraphQlErrorResult, type ID, OrderService, type RequestContext } from "@vendure/core";
import { OurPaymentMethod } from "../checkouts/our-payment-method.ts";
import { centsOf } from "../money.ts";
import { MendTotal } from "../orders/mend-total.ts";
import { OrderDue } from "../orders/order-due.ts";
import { PaidCheckout } from "./paid-checkout.ts";
import { nothingDue, otherAmountDue } from "./payment-notes.ts";
import { reasonOf } from "./reason-of.ts";

/** `AddingItems`: the shopper has gone back to the cart, and paid in another tab. */
const PAYABLE: ReadonlySet<string> = new Set(["AddingItems", "ArrangingPayment", "ArrangingAdditionalPayment"]);

/** Adds the payment of a paid checkout to its order, where it is what is due to the cent. */
@Injectable()
export class AddPayment {
  readonly #orders: OrderService;
  readonly #paymentMethod: OurPaymentMethod;
  readonly #mendTotal: MendTotal;
  readonly #orderDue: OrderDue;

  constructor(
    @Inject(OrderService) orders: OrderService,
    @Inject(OurPaymentMethod) paymentMethod: OurPaymentMethod,
    @Inject(MendTotal) mendTotal: MendTotal,
    @Inject(OrderDue) orderDue: OrderDue,
  ) {
    this.#orders = orders;
    this.#paymentMethod = paymentMethod;
    this.#mendTotal = mendTotal;
    this.#orderDue = orderDue;
  }

  /**
   * @param ctx in a transaction that has the order's lock: nobody changes what is due until it ends.
   * @returns null when it is added; else why not, for the merchant.
   */
  async add(ctx: RequestContext, orderId: ID, { id, amount }: CheckoutSnapshot): Promise<string | null> {
    await this.#mendTotal.mend(ctx, orderId);
    const found = await this.#orderDue.read(ctx, orderId);
    if (found === null) return "the order is gone.";
    const { order, due } = found;
    const cents = centsOf(amount);
    if (due <= 0 || !PAYABLE.has(order.state)) return nothingDue(order);
    if (cents !== due) return otherAmountDue(due);
    const method = await this.#paymentMethod.find(ctx, orderId);
    if (method === undefined) return "no payment method with the handler qonto-pay is enabled.";
    if (order.state === "AddingItems") {
      const moved = await this.#orders.transitionToState(ctx, order.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return reasonOf(ctx, moved);
    }
    const metadata = { paid: new PaidCheckout(id, cents) };
    const added = await this.#orders.addPaymentToOrder(ctx, order.id, { method: method.code, metadata });
    return isGraphQlErrorResult(added) ? reasonOf(ctx, added) : null;
  }
}
