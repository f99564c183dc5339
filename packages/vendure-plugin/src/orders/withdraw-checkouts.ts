import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import { type ID, Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { identityOf, isOf } from "../checkouts/checkout-metadata.ts";
import { endCheckout } from "../checkouts/end-checkout.ts";
import { referenceOf, referenceOfPart } from "../checkouts/reference.ts";
import { QONTO_PAY_OPTIONS, type QontoPayPluginOptions } from "../qonto-pay-plugin-options.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";
import { ShopIdentity } from "../storage/shop-identity.ts";
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
  readonly #known: KnownCheckouts;
  readonly #identity: ShopIdentity;
  readonly #options: QontoPayPluginOptions;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(KnownCheckouts) known: KnownCheckouts,
    @Inject(ShopIdentity) identity: ShopIdentity,
    @Inject(QONTO_PAY_OPTIONS) options: QontoPayPluginOptions,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#known = known;
    this.#identity = identity;
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
    if (!(await this.#known.mayHaveUnsettled(ctx, order.id))) return { paid, isBeingPaid };
    // An order is cancelled in any of its channels: its link was opened in one of them.
    const identity = identityOf(await this.#identity.get(), ctx, order);
    for await (const listed of this.#listAlive(ctx, order.id, reference)) {
      if (!isOf(listed, identity) || (await this.#known.isSettled(ctx, listed.id))) continue;
      const checkout = hasEnded(listed) ? listed : await endCheckout(this.#qontoPay, listed.id);
      if (checkout.status === "paid") paid.push(checkout);
      else if (checkout.status === "open" || checkout.status === "processing") isBeingPaid = true;
    }
    return { paid, isBeingPaid };
  }

  /** Lists an order's checkouts that are paid or can be paid, including those under a reference before its code changed. */
  async *#listAlive(
    ctx: RequestContext,
    orderId: ID,
    reference: string | null,
  ): AsyncGenerator<CheckoutSnapshot, void, undefined> {
    const seen = new Set<string>();
    if (reference !== null) {
      for await (const listed of this.#listParts(reference)) {
        seen.add(listed.id);
        yield listed;
      }
    }
    for (const id of await this.#known.unsettledOf(ctx, orderId)) {
      if (!seen.has(id)) yield this.#qontoPay.checkouts.get(id);
    }
  }

  /** Lists the checkouts of all parts of an order. A further part begins only once one is paid. */
  async *#listParts(reference: string): AsyncGenerator<CheckoutSnapshot, void, undefined> {
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
}

function hasEnded({ status }: CheckoutSnapshot): boolean {
  return status !== "open" && status !== "processing";
}
