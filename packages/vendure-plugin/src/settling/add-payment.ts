import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import { CurrencyCode, isGraphQlErrorResult, type ID, OrderService, type RequestContext } from "@vendure/core";
import { OurPaymentMethod } from "../checkouts/our-payment-method.ts";
import { centsOf } from "../services/money.ts";
import { inCurrencyOf } from "../orders/in-currency-of.ts";
import { MendTotal } from "../orders/mend-total.ts";
import { OrderDue } from "../orders/order-due.ts";
import { PaidCheckout } from "./paid-checkout.ts";
import { byHand, nothingDue, otherAmountDue, otherCurrencyDue } from "../services/payment-notes.ts";
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
   * @returns null when it is added; else why not, and what to do, for the merchant.
   */
  async add(ctx: RequestContext, orderId: ID, { id, amount }: CheckoutSnapshot): Promise<string | null> {
    await this.#mendTotal.mend(ctx, orderId);
    const found = await this.#orderDue.read(ctx, orderId);
    if (found === null) return byHand("the order is gone.");
    const { order, due } = found;
    const cents = centsOf(amount);
    if (due <= 0 || !PAYABLE.has(order.state)) return nothingDue(order);
    if (order.currencyCode !== CurrencyCode.EUR) return otherCurrencyDue(found);
    if (cents !== due) return otherAmountDue(due);
    const method = await this.#paymentMethod.find(ctx, orderId);
    if (method === undefined) return byHand("no payment method with the handler qonto-pay is enabled.");
    // Vendure may come to the price once more, such as without a coupon that has ended.
    const own = inCurrencyOf(order, ctx);
    if (order.state === "AddingItems") {
      const moved = await this.#orders.transitionToState(own, order.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return byHand(reasonOf(own, moved));
    }
    const metadata = { paid: new PaidCheckout(id, cents) };
    const added = await this.#orders.addPaymentToOrder(own, order.id, { method: method.code, metadata });
    return isGraphQlErrorResult(added) ? byHand(reasonOf(own, added)) : null;
  }
}
