import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutStatus, QontoPay, QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";
import { Logger, type RequestContext, UserInputError } from "@vendure/core";
import { LOG_CONTEXT } from "../constants.ts";
import { SettlementService } from "../services/settlement.service.ts";
import { CheckoutStoreService } from "../services/checkout-store.service.ts";

interface LastSync {
  readonly at: number;
  readonly status: Promise<CheckoutStatus>;
}

const UNKNOWN = "There is no such checkout here.";

/** Anybody may ask, and every look is one at Qonto: within this time, all get the same answer. */
const AGAIN_AFTER_MS = 3000;

/** Has a checkout read from Qonto for the page that a shopper comes back to. */
@Injectable()
export class SyncCheckout {
  readonly #qontoPay: QontoPay;
  readonly #settleCheckout: SettlementService;
  readonly #known: CheckoutStoreService;
  readonly #last = new Map<string, LastSync>();

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(SettlementService) settleCheckout: SettlementService,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
  ) {
    this.#qontoPay = qontoPay;
    this.#settleCheckout = settleCheckout;
    this.#known = known;
  }

  /** @throws UserInputError that may be shown: for one of another shop, and where nothing is known of it now. */
  async sync(ctx: RequestContext, checkoutId: string): Promise<CheckoutStatus> {
    // What else the merchant sells is nothing that this shop tells of.
    if (!(await this.#known.isKnown(ctx, checkoutId))) throw new UserInputError(UNKNOWN);
    if (await this.#known.isSettled(ctx, checkoutId)) return "paid";
    const now = Date.now();
    for (const [id, { at }] of this.#last) if (now - at >= AGAIN_AFTER_MS) this.#last.delete(id);
    const last = this.#last.get(checkoutId) ?? { at: now, status: this.#readAndSettle(checkoutId) };
    this.#last.set(checkoutId, last);
    return last.status;
  }

  async #readAndSettle(checkoutId: string): Promise<CheckoutStatus> {
    try {
      const { status } = await this.#read(checkoutId);
      if (status === "paid") await this.#settleCheckout.settle(checkoutId);
      return status;
    } catch (error) {
      if (!(error instanceof QontoPayError || error instanceof QontoPayConnectionError)) throw error;
      // One of the merchant before: asking again later would not help.
      if (error instanceof QontoPayError && error.code === "checkout_not_found") throw new UserInputError(UNKNOWN);
      Logger.error(`Checkout ${checkoutId} can't be read now: ${error.message}`, LOG_CONTEXT);
      throw new UserInputError("How the payment stands can't be found out now. Please try again in a moment.");
    }
  }

  /** Where Qonto does not answer, as the Worker last knew it. */
  async #read(checkoutId: string): Promise<{ readonly status: CheckoutStatus }> {
    try {
      return await this.#qontoPay.checkouts.sync(checkoutId);
    } catch (error) {
      if (!(error instanceof QontoPayError)) throw error;
      return this.#qontoPay.checkouts.get(checkoutId);
    }
  }
}
