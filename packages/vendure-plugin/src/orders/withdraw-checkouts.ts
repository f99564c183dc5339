import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import { Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { endCheckout } from "../checkouts/end-checkout.ts";
import { OrderCheckouts } from "../checkouts/order-checkouts.ts";
import { CheckoutStoreService } from "../services/checkout-store.service.ts";
import { lockOrder } from "../services/order-lock.ts";

/** What was left after an order's links were ended: those that can't be, because they are paid or being paid. */
export interface LeftCheckouts {
  readonly paid: readonly CheckoutSnapshot[];
  readonly isBeingPaid: boolean;
}

/** Ends the links of an order, so that nobody pays for what is cancelled. */
@Injectable()
export class WithdrawCheckouts {
  readonly #qontoPay: QontoPay;
  readonly #connection: TransactionalConnection;
  readonly #known: CheckoutStoreService;
  readonly #orderCheckouts: OrderCheckouts;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
    @Inject(OrderCheckouts) orderCheckouts: OrderCheckouts,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#known = known;
    this.#orderCheckouts = orderCheckouts;
  }

  /**
   * A link that is being opened meanwhile is ended by whoever opens it, who waits for this transaction and then finds the
   * order cancelled.
   *
   * @param ctx in the transaction that cancels the order.
   * @throws QontoPayError or QontoPayConnectionError where the Worker can't be asked.
   */
  async withdraw(ctx: RequestContext, order: Order): Promise<LeftCheckouts> {
    const paid: CheckoutSnapshot[] = [];
    let isBeingPaid = false;
    await lockOrder(this.#connection.getRepository(ctx, Order), order.id);
    if (!(await this.#known.mayHaveUnsettled(ctx, order.id))) return { paid, isBeingPaid };
    for (const listed of await this.#orderCheckouts.list(ctx, order.id)) {
      const checkout = isAlive(listed) ? await endCheckout(this.#qontoPay, listed.id) : listed;
      if (isAlive(checkout)) isBeingPaid = true;
      if (checkout.status === "paid" && !(await this.#known.isSettled(ctx, checkout.id))) paid.push(checkout);
    }
    return { paid, isBeingPaid };
  }
}

function isAlive({ status }: CheckoutSnapshot): boolean {
  return status === "open" || status === "processing";
}
