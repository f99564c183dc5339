import { Inject, Injectable } from "@nestjs/common";
import {
  isGraphQlErrorResult,
  Order,
  OrderService,
  type OrderState,
  type RequestContext,
  TransactionalConnection,
} from "@vendure/core";
import { lockOrder } from "../services/order-lock.ts";
import { MendTotal } from "../orders/mend-total.ts";
import { OrderDue } from "../orders/order-due.ts";
import { WithdrawCheckouts } from "../orders/withdraw-checkouts.ts";
import { QONTO_PAY_OPTIONS } from "../constants.ts";
import { QontoPayCheckoutRefused, type QontoPayNothingDue, type QontoPayPluginOptions } from "../types.ts";
import { SettlementService } from "../services/settlement.service.ts";

/**
 * The states that Vendure allows after `ArrangingPayment` without a further payment, if the total is 0 or covered by what
 * other methods have settled or authorized.
 */
const PLACED: readonly OrderState[] = ["PaymentSettled", "PaymentAuthorized"];

/** Places an order of which nothing is due. */
@Injectable()
export class PlaceOrder {
  readonly #connection: TransactionalConnection;
  readonly #orders: OrderService;
  readonly #mendTotal: MendTotal;
  readonly #orderDue: OrderDue;
  readonly #withdrawCheckouts: WithdrawCheckouts;
  readonly #settleCheckout: SettlementService;
  readonly #options: QontoPayPluginOptions;

  constructor(
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(OrderService) orders: OrderService,
    @Inject(MendTotal) mendTotal: MendTotal,
    @Inject(OrderDue) orderDue: OrderDue,
    @Inject(WithdrawCheckouts) withdrawCheckouts: WithdrawCheckouts,
    @Inject(SettlementService) settleCheckout: SettlementService,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
  ) {
    this.#connection = connection;
    this.#orders = orders;
    this.#mendTotal = mendTotal;
    this.#orderDue = orderDue;
    this.#withdrawCheckouts = withdrawCheckouts;
    this.#settleCheckout = settleCheckout;
    this.#options = options;
  }

  /**
   * Ends the links that the order had while it cost something, and moves it on. A second click gets the same answer. The
   * order may have changed since it was found: its total and its state are those that it has under the lock.
   *
   * @throws QontoPayError, QontoPayConnectionError only for an order that may have a link.
   */
  async place(ctx: RequestContext, { id, code }: Order): Promise<QontoPayNothingDue | QontoPayCheckoutRefused> {
    return this.#connection.withTransaction(ctx, async (within) => {
      await lockOrder(this.#connection.getRepository(within, Order), id);
      await this.#mendTotal.mend(within, id);
      const found = await this.#orderDue.read(within, id);
      if (found === null || found.due > 0) return changed();
      if (found.order.state !== "ArrangingPayment")
        return isPlaced(found.order) ? this.#placed(found.order) : changed();
      const { paid, isBeingPaid } = await this.#withdrawCheckouts.withdraw(within, found.order);
      if (isBeingPaid) {
        return new QontoPayCheckoutRefused(
          "A payment for this order is being processed. Please try again in a moment.",
        );
      }
      // Nothing is due, so each becomes a note for the merchant.
      for (const checkout of paid) await this.#settleCheckout.settlePaid(within, found.order, checkout);
      let problem = "";
      for (const state of PLACED) {
        const moved = await this.#orders.transitionToState(within, id, state);
        if (!isGraphQlErrorResult(moved)) return this.#placed({ code, state });
        problem ||= moved.transitionError;
      }
      return new QontoPayCheckoutRefused(problem);
    });
  }

  #placed({ code: orderCode, state }: Pick<Order, "code" | "state">): QontoPayNothingDue {
    return { orderCode, state, successUrl: this.#options.successUrl?.(orderCode) ?? null };
  }
}

/** Of an order that is cancelled, nothing is due either. */
function isPlaced({ orderPlacedAt, state }: Order): boolean {
  return orderPlacedAt != null && state !== "Cancelled";
}

function changed(): QontoPayCheckoutRefused {
  return new QontoPayCheckoutRefused("This order has changed meanwhile. Please look at it again.");
}
