import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import { isGraphQlErrorResult, type ID, OrderService, PaymentMethodService, type RequestContext } from "@vendure/core";
import { amountDue } from "../checkouts/amount-due.ts";
import { centsOf } from "../money.ts";
import { HANDLER_CODE } from "../qonto-pay-plugin-options.ts";
import { PaidCheckout } from "./paid-checkout.ts";
import { nothingDue, otherAmountDue } from "./payment-notes.ts";

/** `AddingItems`: the shopper has gone back to the cart, and paid in another tab. */
const PAYABLE: ReadonlySet<string> = new Set(["AddingItems", "ArrangingPayment", "ArrangingAdditionalPayment"]);

/** Adds the payment of a paid checkout to its order, where it is what is due to the cent. */
@Injectable()
export class AddPayment {
  readonly #orders: OrderService;
  readonly #methods: PaymentMethodService;

  constructor(@Inject(OrderService) orders: OrderService, @Inject(PaymentMethodService) methods: PaymentMethodService) {
    this.#orders = orders;
    this.#methods = methods;
  }

  /**
   * @param ctx in a transaction.
   * @returns null when it is added; else why not, for the merchant.
   */
  async add(ctx: RequestContext, orderId: ID, { id, amount }: CheckoutSnapshot): Promise<string | null> {
    const order = await this.#orders.findOne(ctx, orderId);
    if (order === undefined) return "the order is gone.";
    const due = amountDue(order, await this.#orders.getOrderPayments(ctx, orderId));
    const cents = centsOf(amount);
    if (due <= 0 || !PAYABLE.has(order.state)) return nothingDue(order);
    if (cents !== due) return otherAmountDue(due);
    const method = (await this.#methods.getActivePaymentMethods(ctx)).find(
      ({ handler }) => handler.code === HANDLER_CODE,
    );
    if (method === undefined) return "no payment method with the handler qonto-pay is enabled.";
    if (order.state === "AddingItems") {
      const moved = await this.#orders.transitionToState(ctx, order.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return moved.transitionError;
    }
    const metadata = { paid: new PaidCheckout(id, cents) };
    const added = await this.#orders.addPaymentToOrder(ctx, order.id, { method: method.code, metadata });
    return isGraphQlErrorResult(added) ? added.message : null;
  }
}
