import { createHash } from "node:crypto";
import { type CheckoutSnapshot, type MerchantEvent, type QontoPay, QontoPayError } from "@qonto-pay/client";
import type { PaymentSession, PaymentStore } from "./payment-store.ts";

/** The settings of the shop. */
export interface ProviderOptions {
  readonly qontoPay: QontoPay;
  /** A random id that this shop stores permanently. No other shop of the merchant has the same one. */
  readonly shopId: string;
  /** In percent, for all goods: the platform gives a provider an amount, and no lines. */
  readonly vatRate: string;
}

/** Takes payments for a shop where the payment creates the order. */
export class QontoPayProvider {
  readonly #qontoPay: QontoPay;
  readonly #options: ProviderOptions;
  readonly #store: PaymentStore;

  constructor(options: ProviderOptions, store: PaymentStore) {
    this.#qontoPay = options.qontoPay;
    this.#options = options;
    this.#store = store;
  }

  /**
   * Opens the checkout of a payment session. Repeated for the same session, it returns the same checkout.
   *
   * @throws Error for another currency than EUR, QontoPayError, QontoPayConnectionError
   */
  async openSession({ id, cartId, amount, currency }: PaymentSession): Promise<CheckoutSnapshot> {
    if (currency.toUpperCase() !== "EUR") throw new Error("Qonto takes payments in EUR only.");
    const price = { value: amount, currency: "EUR" };
    const { vatRate, shopId } = this.#options;
    const line = { title: "Your order", quantity: 1, price, tax_behavior: "inclusive", vat_rate: vatRate } as const;
    const body = { items: [line], total: price, reference: `${shopId}/cart-${cartId}` };
    const metadata = { shop: shopId, session: id };
    return this.#qontoPay.checkouts.create(
      { ...body, metadata },
      { idempotencyKey: idempotencyKey(shopId, id, body, "") },
    );
  }

  /**
   * Cancels the checkouts of a session that the platform deletes.
   *
   * @throws Error if the session is paid or is being paid. The platform must keep it.
   */
  async deleteSession(sessionId: string): Promise<void> {
    // The answer that named the checkout may have been lost: its metadata names the session.
    const metadata = { shop: this.#options.shopId, session: sessionId };
    for await (const { id } of this.#qontoPay.checkouts.listAll({ metadata, opened_by: ["server"] })) {
      const { status } = await this.#end(id);
      if (status === "paid" || status === "processing") throw new Error(`The session ${sessionId} is paid: keep it.`);
    }
  }

  /**
   * Handles an event of the Worker, from a webhook or from the list of events, any number of times.
   *
   * @throws QontoPayError, QontoPayConnectionError: handle the event again later.
   */
  async handleEvent({ type, data }: MerchantEvent): Promise<void> {
    const { checkout: named, payment, duplicate_of: first } = data;
    if (named === undefined || named.metadata["shop"] !== this.#options.shopId) return;
    if (type === "checkout.paid") await this.#settle(named.id);
    if (type === "checkout.duplicate_payment" && first === named.id) {
      this.#store.tellMerchant(`${named.id} ${payment?.id ?? ""}`, `Refund the extra payment of checkout ${named.id}.`);
    }
    if (type === "checkout.amount_mismatch") {
      this.#store.tellMerchant(`${named.id} amount`, `Checkout ${named.id} was paid with another amount. Look at it.`);
    }
  }

  /** Handles the events that webhooks missed. Call it at start and every few minutes. */
  async catchUp(): Promise<void> {
    try {
      for await (const event of this.#qontoPay.events.listAll({ after: this.#store.lastEvent })) {
        await this.handleEvent(event);
        this.#store.lastEvent = event.id;
      }
    } catch (error) {
      if (!(error instanceof QontoPayError) || error.param !== "after") throw error;
      this.#store.lastEvent = undefined; // it has expired: the next call reads from the beginning
    }
  }

  async #settle(checkoutId: string): Promise<void> {
    const checkout = await this.#qontoPay.checkouts.get(checkoutId); // never the webhook's word
    const { shop, session: sessionId = "" } = checkout.metadata;
    if (checkout.status !== "paid" || shop !== this.#options.shopId) return;
    const session = this.#store.findSession(sessionId);
    // The session says what the cart cost when the link was opened: what it costs now is compared with the payment.
    const order = session === undefined ? null : this.#store.makeOrder(session.cartId, checkout);
    if (order === null) {
      this.#store.tellMerchant(checkoutId, `Checkout ${checkoutId} is paid, and no order was made for it. Look at it.`);
      return;
    }
    await this.#setOrderNumber(checkoutId, order.number);
  }

  /** Sets the order number, which exists only after the payment. The order stays, regardless of the Worker's response. */
  async #setOrderNumber(checkoutId: string, number: string): Promise<void> {
    const changes = { reference: `${this.#options.shopId}/order-${number}`, metadata: { order: number } };
    try {
      await this.#qontoPay.checkouts.update(checkoutId, changes, { idempotencyKey: `order-of-${checkoutId}` });
    } catch (error) {
      const isRejected = error instanceof QontoPayError && error.status < 500 && error.status !== 429;
      if (!isRejected) throw error;
      this.#store.tellMerchant(`${checkoutId} number`, `Checkout ${checkoutId} is order ${number}: ${error.message}`);
    }
  }

  async #end(checkoutId: string): Promise<CheckoutSnapshot> {
    try {
      return await this.#qontoPay.checkouts.cancel(checkoutId);
    } catch (error) {
      if (!(error instanceof QontoPayError) || error.code !== "checkout_not_open") throw error;
      return this.#qontoPay.checkouts.sync(checkoutId);
    }
  }
}

/**
 * Returns the idempotency key of a checkout: the same key for the same intent.
 *
 * @param shopId of this shop: other shops count their orders from 1, too.
 * @param id of the order, or of the payment session while there is no order.
 * @param body of the checkout, without its metadata.
 * @param after the id of the last checkout for this order that has ended; "" if there is none.
 */
export function idempotencyKey(shopId: string, id: string, body: object, after: string): string {
  return createHash("sha256")
    .update(JSON.stringify([shopId, id, body, after]))
    .digest("hex");
}
