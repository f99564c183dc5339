import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot, MerchantEvent } from "@qonto-pay/client";
import { AccessNotices } from "../access/access-notices.ts";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { FindOrder } from "../orders/find-order.ts";
import { otherAmountPaid, paidAgain, paidOldLink } from "../settling/payment-notes.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";
import { TellMerchant } from "../settling/tell-merchant.ts";

/** What an event leads to, whether a webhook has brought it or it was read afterwards. It may come any number of times. */
@Injectable()
export class HandleEvent {
  readonly #settleCheckout: SettleCheckout;
  readonly #findOrder: FindOrder;
  readonly #merchant: TellMerchant;
  readonly #accessNotices: AccessNotices;

  constructor(
    @Inject(SettleCheckout) settleCheckout: SettleCheckout,
    @Inject(FindOrder) findOrder: FindOrder,
    @Inject(TellMerchant) merchant: TellMerchant,
    @Inject(AccessNotices) accessNotices: AccessNotices,
  ) {
    this.#settleCheckout = settleCheckout;
    this.#findOrder = findOrder;
    this.#merchant = merchant;
    this.#accessNotices = accessNotices;
  }

  /**
   * An end without a payment changes no order: the shopper may try again, and a payment may have come meanwhile.
   *
   * @throws what may pass by itself: the same event is handled again later.
   */
  async handle(event: MerchantEvent): Promise<void> {
    const { id, type, data } = event;
    await this.#accessNotices.publish(event);
    const { checkout, payment, duplicate_of: first } = data;
    if (checkout === undefined || orderOf(checkout) === null) return;
    if (type === "checkout.paid") await this.#settleCheckout.settle(checkout.id);
    // Of two checkouts of an order, the later payment was settled, or told, with its own checkout.paid.
    if (type === "checkout.duplicate_payment" && first === checkout.id) {
      await this.#tell(id, checkout, paidAgain(checkout, payment));
    }
    if (type === "checkout.amount_mismatch") await this.#tell(id, checkout, otherAmountPaid(checkout, payment));
    if (type === "checkout.paid_although_superseded") await this.#tell(id, checkout, paidOldLink(checkout));
  }

  async #tell(eventId: string, checkout: CheckoutSnapshot, note: string): Promise<void> {
    const found = await this.#findOrder.ofCheckout(checkout);
    if (found !== null) await this.#merchant.tellOnce(found.ctx, eventId, found.order, note);
  }
}
