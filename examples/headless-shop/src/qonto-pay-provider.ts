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
   * Opens the checkout of a payment session. Repeated for the same session and amount, it returns the same checkout while
   * that can be paid.
   *
   * @returns the checkout to pay; if one of the session is paid or processing, that one, so that the shopper pays once.
   * @throws Error for another currency than EUR and for a deleted session, QontoPayError, QontoPayConnectionError
   */
  async openSession({ id, cartId, amount, currency }: PaymentSession): Promise<CheckoutSnapshot> {
    if (currency.toUpperCase() !== "EUR") throw new Error("Qonto takes payments in EUR only.");
    const own = await this.#checkoutsOf(id);
    const taken = own.find(({ status }) => status === "paid" || status === "processing");
    if (taken !== undefined) {
      await this.#settle(taken.id);
      return taken;
    }
    const price = { value: amount, currency: "EUR" };
    const { vatRate, shopId } = this.#options;
    const line = { title: "Your order", quantity: 1, price, tax_behavior: "inclusive", vat_rate: vatRate } as const;
    const body = { items: [line], total: price, reference: `${shopId}/cart-${cartId}` };
    const content = hashOf(body);
    const ended = own.find(
      ({ status, superseded_by: by, metadata }) =>
        metadata["content"] === content && (status !== "open" || by !== null),
    );
    const checkout = await this.#qontoPay.checkouts.create(
      { ...body, metadata: { shop: shopId, session: id, content } },
      { idempotencyKey: idempotencyKey(shopId, id, body, ended?.id ?? "") },
    );
    this.#store.addCheckout(id, checkout.id);
    if (!this.#store.isDeleted(id)) return checkout;
    await this.deleteSession(id); // it was deleted before the Worker had this checkout
    throw new Error(`The session ${id} is deleted.`);
  }

  /**
   * Cancels the checkouts of a session that the platform deletes.
   *
   * @throws Error if the session is paid or is being paid. The platform must keep it.
   */
  async deleteSession(sessionId: string): Promise<void> {
    this.#store.markDeleted(sessionId, true); // first, so that a call that is opening a checkout sees it
    for (const { id } of await this.#checkoutsOf(sessionId)) {
      const status = await this.#end(id);
      if (status === "canceled" || status === "expired") continue;
      this.#store.markDeleted(sessionId, false);
      await this.#settle(id);
      throw new Error(`The session ${sessionId} is paid: keep it.`);
    }
  }

  /**
   * Handles an event of the Worker, from a webhook or from the list of events, any number of times.
   *
   * @throws QontoPayError, QontoPayConnectionError: handle the event again later.
   */
  async handleEvent({ type, data }: MerchantEvent): Promise<void> {
    const { checkout: named, payment, duplicate_of: first } = data;
    if (named === undefined || this.#sessionOf(named) === null) return;
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
      for await (const event of this.#qontoPay.events.list({ after: this.#store.lastEvent })) {
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
    const sessionId = this.#sessionOf(checkout);
    if (checkout.status !== "paid" || sessionId === null) return;
    const session = this.#store.findSession(sessionId);
    // The session says what the cart cost when the link was opened: what it costs now is compared with the payment.
    const order = session === undefined ? null : this.#store.makeOrder(session.cartId, checkout);
    if (order === null) {
      this.#store.tellMerchant(checkoutId, `Checkout ${checkoutId} is paid, and no order was made for it. Look at it.`);
      return;
    }
    await this.#setOrderNumber(checkoutId, order.number);
  }

  /** Returns the session of a checkout; null for a checkout of another shop. A stored id counts, even without metadata. */
  #sessionOf({ id, metadata: { shop, session = "" } }: CheckoutSnapshot): string | null {
    const { shopId } = this.#options;
    if ((shop ?? shopId) !== shopId) return null;
    return this.#store.sessionOfCheckout(id) ?? (shop === undefined ? null : session);
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

  /** Returns the checkouts of a session, newest first: those that name it in their metadata, then others that are stored. */
  async #checkoutsOf(sessionId: string): Promise<readonly CheckoutSnapshot[]> {
    const { shopId: shop } = this.#options;
    const found: CheckoutSnapshot[] = [];
    // The answer that named the checkout may have been lost: its metadata names the session.
    const query = { metadata: { shop, session: sessionId }, opened_by: ["server"] } as const;
    for await (const checkout of this.#qontoPay.checkouts.list(query)) found.push(checkout);
    for (const stored of this.#store.checkoutsOf(sessionId)) {
      if (found.some(({ id }) => id === stored)) continue;
      const checkout = await this.#find(stored);
      // Another shop's id in the metadata: this database is a copy of that shop's.
      if (checkout !== null && (checkout.metadata["shop"] ?? shop) === shop) found.push(checkout);
    }
    return found;
  }

  /** Returns a checkout; null if the Worker does not know it, so that it can't be paid. */
  async #find(checkoutId: string): Promise<CheckoutSnapshot | null> {
    try {
      return await this.#qontoPay.checkouts.get(checkoutId);
    } catch (error) {
      if (error instanceof QontoPayError && error.code === "checkout_not_found") return null;
      throw error;
    }
  }

  async #end(checkoutId: string): Promise<CheckoutSnapshot["status"]> {
    try {
      return (await this.#qontoPay.checkouts.cancel(checkoutId)).status;
    } catch (error) {
      if (!(error instanceof QontoPayError) || error.code !== "checkout_not_open") throw error;
      return (await this.#qontoPay.checkouts.sync(checkoutId)).status;
    }
  }
}

/**
 * Returns the idempotency key of a checkout: the same key for the same intent.
 *
 * @param shopId of this shop: other shops count their orders from 1, too.
 * @param id of the order, or of the payment session while there is no order.
 * @param body of the checkout, without its metadata.
 * @param after the id of the newest checkout with this body that has ended or was replaced; "" if there is none.
 */
export function idempotencyKey(shopId: string, id: string, body: object, after: string): string {
  return hashOf([shopId, id, body, after]);
}

function hashOf(value: object): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
