import { Inject, Injectable } from "@nestjs/common";
import type { CheckoutSnapshot, MerchantEvent } from "@qonto-pay/client";
import { Logger } from "@vendure/core";
import { orderOf } from "../checkouts/checkout-metadata.ts";
import { FindOrder } from "../orders/find-order.ts";
import { LOG_CONTEXT } from "../qonto-pay-plugin-options.ts";
import { otherAmountPaid, paidAgain, paidOldLink } from "../settling/payment-notes.ts";
import { SettleCheckout } from "../settling/settle-checkout.ts";
import { TellMerchant } from "../settling/tell-merchant.ts";

/** What an event leads to, whether a webhook has brought it or it was read afterwards. It may come any number of times. */
@Injectable()
export class HandleEvent {
  readonly #settleCheckout: SettleCheckout;
  readonly #findOrder: FindOrder;
  readonly #merchant: TellMerchant;

  constructor(
    @Inject(SettleCheckout) settleCheckout: SettleCheckout,
    @Inject(FindOrder) findOrder: FindOrder,
    @Inject(TellMerchant) merchant: TellMerchant,
  ) {
    this.#settleCheckout = settleCheckout;
    this.#findOrder = findOrder;
    this.#merchant = merchant;
  }

  /**
   * An end without a payment changes no order: the shopper may try again, and a payment may have come meanwhile.
   *
   * @throws what may pass by itself: the same event is handled again later.
   */
  async handle({ id, type, data }: MerchantEvent): Promise<void> {
    logAccess(type, data);
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

/** Logs what an event says about whether shoppers can pay at all. It belongs to no order. */
function logAccess(type: MerchantEvent["type"], { authorization, connection }: MerchantEvent["data"]): void {
  const status = connection?.status ?? "unknown";
  switch (type) {
    case "consent.needs_reconnect":
      Logger.error("Qonto has to be connected again: nobody can pay, or will soon be able to.", LOG_CONTEXT);
      break;
    case "authorization.suspended":
      Logger.error(
        `Payments stop within the hour: Qonto does not accept the Worker (${authorization?.reason ?? "unknown"}). Its operator has to fix it; the merchant has nothing to do.`,
        LOG_CONTEXT,
      );
      break;
    case "authorization.resumed":
      Logger.warn("Qonto accepts the Worker again: shoppers can pay.", LOG_CONTEXT);
      break;
    case "connection.changed":
      if (status === "enabled")
        Logger.warn("The connection to the payment provider is enabled: shoppers can pay.", LOG_CONTEXT);
      else {
        Logger.error(
          `The connection to the payment provider is ${status}: nobody can pay. The Worker's GET /v1/doctor says what to do.`,
          LOG_CONTEXT,
        );
      }
      break;
    default:
  }
}
