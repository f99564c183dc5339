import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay, QontoPayError } from "@qonto-pay/client";
import { idsAreEqual, type Order, type RequestContext } from "@vendure/core";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { KnownCheckouts } from "../storage/known-checkouts.ts";

/** What was left after an order's links were ended: those that can't be, because they are paid or being paid. */
export interface LeftCheckouts {
  readonly paid: readonly CheckoutSnapshot[];
  readonly isBeingPaid: boolean;
}

/** Ends the links of an order, so that nobody pays for what is cancelled. */
@Injectable()
export class WithdrawCheckouts {
  readonly #qontoPay: QontoPay;
  readonly #known: KnownCheckouts;

  constructor(@Inject(QontoPay) qontoPay: QontoPay, @Inject(KnownCheckouts) known: KnownCheckouts) {
    this.#qontoPay = qontoPay;
    this.#known = known;
  }

  /** @throws QontoPayError or QontoPayConnectionError where the Worker can't be asked. */
  async withdraw(ctx: RequestContext, order: Order): Promise<LeftCheckouts> {
    const paid: CheckoutSnapshot[] = [];
    let isBeingPaid = false;
    if (!(await this.#known.hasUnsettled(ctx, order.id))) return { paid, isBeingPaid };
    const query = { reference: order.code, status: ["open", "processing", "paid"] } as const;
    for await (const listed of this.#qontoPay.checkouts.listAll(query)) {
      if (!idsAreEqual(orderOf(listed)?.id, order.id) || (await this.#known.isSettled(ctx, listed.id))) continue;
      const checkout = listed.status === "paid" ? listed : await this.#end(listed.id);
      if (checkout.status === "paid") paid.push(checkout);
      else if (checkout.status === "open" || checkout.status === "processing") isBeingPaid = true;
    }
    return { paid, isBeingPaid };
  }

  async #end(id: string): Promise<CheckoutSnapshot> {
    try {
      return await this.#qontoPay.checkouts.cancel(id);
    } catch (error) {
      if (!(error instanceof QontoPayError) || error.code !== "checkout_not_open") throw error;
      return this.#qontoPay.checkouts.sync(id);
    }
  }
}
