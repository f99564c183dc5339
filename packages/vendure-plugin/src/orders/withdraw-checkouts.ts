import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import { idsAreEqual, Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { endCheckout } from "../checkouts/end-checkout.ts";
import { referenceOf, referenceOfPart } from "../checkouts/reference.ts";
import { QONTO_PAY_OPTIONS, type QontoPayPluginOptions } from "../qonto-pay-plugin-options.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";
import { FindOrder } from "./find-order.ts";
import { lockOrder } from "./lock-order.ts";

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
  readonly #findOrder: FindOrder;
  readonly #known: KnownCheckouts;
  readonly #options: QontoPayPluginOptions;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(FindOrder) findOrder: FindOrder,
    @Inject(KnownCheckouts) known: KnownCheckouts,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#findOrder = findOrder;
    this.#known = known;
    this.#options = options;
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
    const reference = referenceOf(order.code, this.#options.referencePrefix);
    if (reference === null || !(await this.#known.mayHaveUnsettled(ctx, order.id))) return { paid, isBeingPaid };
    for await (const listed of this.#listAlive(reference)) {
      if (!(await this.#isOf(order, listed)) || (await this.#known.isSettled(ctx, listed.id))) continue;
      const checkout = listed.status === "paid" ? listed : await endCheckout(this.#qontoPay, listed.id);
      if (checkout.status === "paid") paid.push(checkout);
      else if (checkout.status === "open" || checkout.status === "processing") isBeingPaid = true;
    }
    return { paid, isBeingPaid };
  }

  /** The checkouts of all parts of an order that are paid, or can be. A further part begins only once one is paid. */
  async *#listAlive(reference: string): AsyncGenerator<CheckoutSnapshot, void, undefined> {
    let isPaid = true;
    for (let part = 1; isPaid; part += 1) {
      isPaid = false;
      const query = { reference: referenceOfPart(reference, part), status: ["open", "processing", "paid"] } as const;
      for await (const listed of this.#qontoPay.checkouts.listAll(query)) {
        isPaid ||= listed.status === "paid";
        yield listed;
      }
    }
  }

  /** An order is cancelled in any of its channels, and its link was opened in one of them. */
  async #isOf({ id }: Order, listed: CheckoutSnapshot): Promise<boolean> {
    if (orderOf(listed)?.id !== String(id)) return false;
    return idsAreEqual((await this.#findOrder.ofCheckout(listed))?.order.id, id);
  }
}
