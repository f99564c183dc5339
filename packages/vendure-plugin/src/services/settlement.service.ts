import { Inject, Injectable } from "@nestjs/common";
import { type CheckoutSnapshot, QontoPay } from "@qonto-pay/client";
import { I18nError, Order, type RequestContext, TransactionalConnection } from "@vendure/core";
import { QontoPayOrderService } from "./qonto-pay-order.service.ts";
import { lockOrder } from "./order-lock.ts";
import { CheckoutStoreService } from "./checkout-store.service.ts";
import { AddPayment } from "../settling/add-payment.ts";
import { againAfterDeadlock } from "../settling/again-after-deadlock.ts";
import { byHand, notBooked } from "./payment-notes.ts";
import { sentenceOf } from "../settling/reason-of.ts";
import { MerchantNoteService } from "./merchant-note.service.ts";

/** Adds what was paid to its order, once, whoever asks for it and however often. */
@Injectable()
export class SettlementService {
  readonly #qontoPay: QontoPay;
  readonly #connection: TransactionalConnection;
  readonly #findOrder: QontoPayOrderService;
  readonly #known: CheckoutStoreService;
  readonly #addPayment: AddPayment;
  readonly #merchant: MerchantNoteService;

  constructor(
    @Inject(QontoPay) qontoPay: QontoPay,
    @Inject(TransactionalConnection) connection: TransactionalConnection,
    @Inject(QontoPayOrderService) findOrder: QontoPayOrderService,
    @Inject(CheckoutStoreService) known: CheckoutStoreService,
    @Inject(AddPayment) addPayment: AddPayment,
    @Inject(MerchantNoteService) merchant: MerchantNoteService,
  ) {
    this.#qontoPay = qontoPay;
    this.#connection = connection;
    this.#findOrder = findOrder;
    this.#known = known;
    this.#addPayment = addPayment;
    this.#merchant = merchant;
  }

  /**
   * Reads the checkout, since a webhook only says that something may have happened, and settles it where it is paid.
   *
   * @throws QontoPayError or QontoPayConnectionError where it can't be read: try again later.
   */
  async settle(checkoutId: string): Promise<void> {
    const checkout = await this.#qontoPay.checkouts.get(checkoutId);
    if (checkout.status !== "paid") return;
    const found = await this.#findOrder.findByCheckout(checkout);
    if (found !== null) await againAfterDeadlock(() => this.settlePaid(found.ctx, found.order, checkout));
  }

  /**
   * Settles one that was just read as paid. What can't be added to the order is told to the merchant: trying again would
   * not make it better.
   *
   * @param ctx its transaction, where it is in one, is joined.
   */
  async settlePaid(ctx: RequestContext, order: Order, checkout: CheckoutSnapshot): Promise<void> {
    await this.#known.add(ctx, checkout.id, order.id);
    try {
      await this.#once(ctx, order, checkout, (within) => this.#addPayment.add(within, order.id, checkout));
    } catch (error) {
      // Vendure's own errors are of the order or the configuration; all others may pass.
      if (!(error instanceof I18nError)) throw error;
      await this.#once(ctx, order, checkout, async () =>
        byHand(sentenceOf(ctx.translate(error.message, error.variables))),
      );
    }
  }

  /** @param settle answers why it could not be done, and what to do, or null. */
  async #once(
    ctx: RequestContext,
    order: Order,
    checkout: CheckoutSnapshot,
    settle: (within: RequestContext) => Promise<string | null>,
  ): Promise<void> {
    await this.#connection.withTransaction(ctx, async (within) => {
      // Of two checkouts of one order that are settled at once, the second has to see the payment of the first.
      await lockOrder(this.#connection.getRepository(within, Order), order.id);
      if (!(await this.#known.claim(within, checkout.id))) return;
      const problem = await settle(within);
      if (problem !== null) await this.#merchant.add(within, order, notBooked(checkout, problem));
    });
  }
}
