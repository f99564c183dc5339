import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot, MerchantEvent } from "@qonto-pay/client";
import { AccessService } from "./access.service.ts";
import { QontoPayOrderService } from "./qonto-pay-order.service.ts";
import { otherAmountPaid, paidAgain, paidOldLink } from "./payment-notes.ts";
import { SettlementService } from "./settlement.service.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";

/** What an event leads to, whether a webhook has brought it or it was read afterwards. It may come any number of times. */
@Injectable()
export class EventService {
  readonly #settleCheckout: SettlementService;
  readonly #findOrder: QontoPayOrderService;
  readonly #merchant: MerchantNoteService;
  readonly #accessNotices: AccessService;

  constructor(
    @Inject(SettlementService) settleCheckout: SettlementService,
    @Inject(QontoPayOrderService) findOrder: QontoPayOrderService,
    @Inject(MerchantNoteService) merchant: MerchantNoteService,
    @Inject(AccessService) accessNotices: AccessService,
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
    const { checkout } = data;
    const note = checkout === undefined ? null : noteOf(event, checkout);
    if (checkout === undefined || (type !== "checkout.paid" && note === null)) return;
    const found = await this.#findOrder.findByCheckout(checkout);
    if (found === null) return;
    if (note === null) await this.#settleCheckout.settle(checkout.id);
    else await this.#merchant.addOnce(found.ctx, id, found.order, note);
  }
}

/** What the merchant has to know of an event; null where there is nothing. */
function noteOf({ type, data }: MerchantEvent, checkout: CheckoutSnapshot): string | null {
  const { payment, duplicate_of: first } = data;
  if (type === "checkout.amount_mismatch") return otherAmountPaid(checkout, payment);
  if (type === "checkout.paid_after_superseded") return paidOldLink(checkout);
  // Of two checkouts of an order, the later payment was settled, or told, with its own checkout.paid.
  return type === "checkout.duplicate_payment" && first === checkout.id ? paidAgain(checkout, payment) : null;
}
