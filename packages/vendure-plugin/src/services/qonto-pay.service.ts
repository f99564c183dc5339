import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay, QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { type ID, Logger, Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { priceOf } from "./money.ts";
import { lockOrder } from "./order-lock.ts";
import { OrderDue, type OrderWithDue } from "../orders/order-due.ts";
import { LOG_CONTEXT } from "../constants.ts";
import { SettlementService } from "./settlement.service.ts";
import { type QontoPayCheckout, QontoPayCheckoutRefused, type StartedCheckout } from "../types.ts";
import { endCheckout } from "../checkouts/end-checkout.ts";
import { CheckoutService } from "./checkout.service.ts";
import { FindOrderToPay, type OrderToPay, OrderWithoutDue } from "../checkouts/order-to-pay.ts";
import { PlaceOrder } from "../checkouts/place-order.ts";

/** What a storefront's button leads to. */
@Injectable()
export class QontoPayService {
  readonly #qontoPay: QontoPay;
  readonly #connection: TransactionalConnection;
  readonly #findOrderToPay: FindOrderToPay;
  readonly #openCheckout: CheckoutService;
  readonly #placeOrder: PlaceOrder;
  readonly #settleCheckout: SettlementService;
  readonly #orderDue: OrderDue;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(FindOrderToPay) findOrderToPay: FindOrderToPay,
    @Inject(CheckoutService) openCheckout: CheckoutService,
    @Inject(PlaceOrder) placeOrder: PlaceOrder,
    @Inject(SettlementService) settleCheckout: SettlementService,
    @Inject(OrderDue) orderDue: OrderDue,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#findOrderToPay = findOrderToPay;
    this.#openCheckout = openCheckout;
    this.#placeOrder = placeOrder;
    this.#settleCheckout = settleCheckout;
    this.#orderDue = orderDue;
  }

  /**
   * Takes the shopper's active order to its pay page, or places it where nothing is due. While a link is opened, no
   * transaction is held.
   */
  async createCheckout(ctx: RequestContext): Promise<StartedCheckout> {
    const toPay = await this.#findOrderToPay.find(ctx);
    if (toPay instanceof QontoPayCheckoutRefused) return toPay;
    try {
      if (toPay instanceof OrderWithoutDue) return await this.#placeOrder.place(ctx, toPay.order);
      return await this.#open(ctx, toPay);
    } catch (error) {
      if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
      if (error instanceof QontoPayError && error.code === "order_already_paid") {
        return new QontoPayCheckoutRefused(
          "This order is paid already, or is being paid. Please try again in a moment.",
        );
      }
      const { code, param, requestId } = error instanceof QontoPayError ? error : { code: error.reason };
      Logger.error(`Order ${toPay.order.code} can't be paid: ${[code, param, requestId].join(" ")}`, LOG_CONTEXT);
      return new QontoPayCheckoutRefused("The payment could not be started. Please try again in a moment.");
    }
  }

  async #open(ctx: RequestContext, toPay: OrderToPay): Promise<QontoPayCheckout | QontoPayCheckoutRefused> {
    const { id: orderId } = toPay.order;
    const opened = await this.#openCheckout.open(ctx, toPay);
    if (opened.status === "paid") return this.#alreadyPaid(ctx, orderId, opened);
    // The order may have been cancelled, or settled, while its link was opened: nobody is to pay for it then.
    if (!(await this.#isWaiting(ctx, orderId))) {
      const ended = await endCheckout(this.#qontoPay, opened.id);
      if (ended.status === "paid") return this.#alreadyPaid(ctx, orderId, ended);
      return new QontoPayCheckoutRefused("This order has changed meanwhile. Please look at it again.");
    }
    const { id: checkoutId, url } = opened;
    return url === null
      ? new QontoPayCheckoutRefused("There is no payment link yet. Please try again.")
      : { checkoutId, url };
  }

  /** Whoever is cancelling the order right now is waited for. */
  #isWaiting(ctx: RequestContext, orderId: ID): Promise<boolean> {
    return this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), orderId);
      return (await this.#orderDue.read(within, orderId))?.order.state === "ArrangingPayment";
    });
  }

  async #alreadyPaid(
    ctx: RequestContext,
    orderId: ID,
    { id, amount }: CheckoutSnapshot,
  ): Promise<QontoPayCheckoutRefused> {
    await this.#settleCheckout.settle(id);
    const left = await this.#orderDue.read(ctx, orderId);
    if (left === null || !isDue(left)) return new QontoPayCheckoutRefused("This order is paid already.");
    return new QontoPayCheckoutRefused(
      `${amount.value} EUR were paid for this order before it was changed, and the shop has been told. ` +
        `Ask the shop, or try again to pay all of the ${priceOf(left.due, left.order.currencyCode)} that are due now.`,
    );
  }
}

/** Of an order that is cancelled, nothing is due whatever its total is. */
function isDue({ order, due }: OrderWithDue): boolean {
  return order.active && due > 0;
}
