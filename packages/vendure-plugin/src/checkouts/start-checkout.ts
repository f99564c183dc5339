import { Inject, Injectable } from "@nestjs/common";
import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import {
  ActiveOrderService,
  ConfigService,
  CurrencyCode,
  isGraphQlErrorResult,
  Logger,
  OrderService,
  type RequestContext,
} from "@vendure/core";
import { OrderDue, type OrderWithDue } from "../orders/order-due.ts";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";
import { QontoPayCheckoutRefused } from "./checkout-refused.ts";
import { OpenCheckout } from "./open-checkout.ts";

/** Where an order can be paid. */
export interface QontoPayCheckout {
  readonly checkoutId: string;
  readonly url: string;
}

/** Vendure's integer amounts are cents. */
const PRECISION = 2;

/** What a storefront's button leads to. */
@Injectable()
export class StartCheckout {
  readonly #activeOrder: ActiveOrderService;
  readonly #orders: OrderService;
  readonly #openCheckout: OpenCheckout;
  readonly #settleCheckout: SettleCheckout;
  readonly #orderDue: OrderDue;
  readonly #config: ConfigService;

  constructor(
    @Inject(ActiveOrderService) activeOrder: ActiveOrderService,
    @Inject(OrderService) orders: OrderService,
    @Inject(OpenCheckout) openCheckout: OpenCheckout,
    @Inject(SettleCheckout) settleCheckout: SettleCheckout,
    @Inject(OrderDue) orderDue: OrderDue,
    @Inject(ConfigService) config: ConfigService,
  ) {
    this.#activeOrder = activeOrder;
    this.#orders = orders;
    this.#openCheckout = openCheckout;
    this.#settleCheckout = settleCheckout;
    this.#orderDue = orderDue;
    this.#config = config;
  }

  /** Takes the shopper's active order to its pay page. No transaction is held while the Worker is asked. */
  async start(ctx: RequestContext): Promise<QontoPayCheckout | QontoPayCheckoutRefused> {
    const toPay = await this.#orderToPay(ctx);
    if (toPay instanceof QontoPayCheckoutRefused) return toPay;
    const { order, due } = toPay;
    try {
      const { id, status, url } = await this.#openCheckout.open(ctx, order, due);
      if (status === "paid") {
        await this.#settleCheckout.settle(id);
        return new QontoPayCheckoutRefused("This order is paid already.");
      }
      if (url === null) return new QontoPayCheckoutRefused("There is no payment link yet. Please try again.");
      return { checkoutId: id, url };
    } catch (error) {
      if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
      const { code, param, requestId } = error instanceof QontoPayError ? error : { code: error.reason };
      Logger.error(`Order ${order.code} can't be paid: ${[code, param, requestId].join(" ")}`, LOG_CONTEXT);
      return new QontoPayCheckoutRefused("The payment could not be started. Please try again in a moment.");
    }
  }

  /** The active order, moved on to where it can be paid; else why it can't be. */
  async #orderToPay(ctx: RequestContext): Promise<OrderWithDue | QontoPayCheckoutRefused> {
    const active = await this.#activeOrder.getActiveOrder(ctx, undefined);
    if (active === undefined) return new QontoPayCheckoutRefused("There is no active order.");
    if (active.currencyCode !== CurrencyCode.EUR)
      return new QontoPayCheckoutRefused("Qonto takes payments in EUR only.");
    if (this.#config.entityOptions.moneyStrategy?.precision !== PRECISION) {
      return new QontoPayCheckoutRefused("Qonto takes amounts with two decimals only.");
    }
    if (active.state !== "ArrangingPayment") {
      const moved = await this.#orders.transitionToState(ctx, active.id, "ArrangingPayment");
      if (isGraphQlErrorResult(moved)) return new QontoPayCheckoutRefused(moved.transitionError);
    }
    const toPay = await this.#orderDue.read(ctx, active.id);
    if (toPay === null) return new QontoPayCheckoutRefused("There is no active order.");
    return toPay.due > 0 ? toPay : new QontoPayCheckoutRefused("There is nothing to pay.");
  }
}
