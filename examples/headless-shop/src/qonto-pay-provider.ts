import { createHash } from "node:crypto";
import {
  type CheckoutSnapshot,
  type MerchantEvent,
  type QontoPay,
  QontoPayConnectionError,
  QontoPayError,
} from "@qonto-pay/client";
import { roundToCents } from "./cents-of.ts";
import type { Order, PaymentSession, ProviderStore } from "./provider-store.ts";

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
  readonly #store: ProviderStore;

  constructor(options: ProviderOptions, store: ProviderStore) {
    this.#qontoPay = options.qontoPay;
    this.#options = options;
    this.#store = store;
  }

  /**
   * Opens the checkout of a payment session. Repeated for the same session and amount, it returns the same checkout while
   * that can be paid.
   *
   * @returns the checkout to pay; if one of the session is paid or processing, that one, so that the shopper pays once.
   * @throws Error for another currency than EUR, a deleted session, and a cart that is ordered or being paid
   * @throws QontoPayError, QontoPayConnectionError
   */
  async openSession({ id, cartId, amount, currency }: PaymentSession): Promise<CheckoutSnapshot> {
    if (currency.toUpperCase() !== "EUR") throw new Error("Qonto takes payments in EUR only.");
    const own = await this.#checkoutsOf(id);
    const taken = own.find(({ status }) => status === "paid" || status === "processing");
    if (taken !== undefined) {
      await this.#settle(taken.id);
      return taken;
    }
    if (this.#store.orderOf(cartId) !== undefined) throw new Error(`The cart ${cartId} is ordered.`);
    const price = { value: roundToCents(amount), currency: "EUR" };
    const { vatRate, shopId } = this.#options;
    const line = { title: "Your order", quantity: 1, price, tax_behavior: "inclusive", vat_rate: vatRate } as const;
    const body = { items: [line], total: price, reference: `${shopId}/cart-${cartId}` };
    const content = hashOf(body);
    const ended = own.find(
      ({ status, superseded_by: by, metadata }) =>
        metadata["content"] === content && (status !== "open" || by !== null),
    );
    this.#store.markOpening(id); // before the call, so that a deletion looks for its checkout
    const checkout = await this.#qontoPay.checkouts
      .create(
        { ...body, metadata: { shop: shopId, session: id, content } },
        { idempotencyKey: idempotencyKey(shopId, id, body, ended?.id ?? "") },
      )
      .catch((error: unknown) => this.#settleOther(error));
    this.#store.addCheckout(id, checkout.id);
    const order = this.#store.orderOf(cartId);
    const isFree = order === undefined || order.checkoutId === checkout.id;
    if (isFree && !this.#store.isDeleted(id)) return checkout;
    await this.deleteSession(id); // deleted, or the cart was ordered, before the Worker had this checkout
    throw new Error(`The session ${id} is deleted, or its cart is ordered.`);
  }

  /** If another session has paid the cart, settles its checkout, so that the order exists now. @throws Error always */
  async #settleOther(error: unknown): Promise<never> {
    const isPaid = error instanceof QontoPayError && error.code === "order_already_paid";
    if (!isPaid || error.checkoutId === undefined) throw error;
    await this.#settle(error.checkoutId);
    throw new Error("Another session has paid the cart, or its payment is processing.", { cause: error });
  }

  /**
   * Cancels the checkouts of a session that the platform deletes.
   *
   * @throws Error if the session is paid, or its payment is processing. The platform must keep it.
   */
  async deleteSession(sessionId: string): Promise<void> {
    this.#store.markDeleted(sessionId, true); // first, so that a call that is opening a checkout sees it
    if (!this.#store.wasOpened(sessionId)) return; // no checkout: this works while the Worker is down
    for (const { id } of await this.#checkoutsOf(sessionId)) {
      const status = await this.#end(id);
      if (status === "canceled" || status === "expired") continue;
      this.#store.markDeleted(sessionId, false);
      await this.#settle(id);
      throw new Error(`The session ${sessionId} is ${status}: keep it.`);
    }
  }

  /**
   * Cancels the open checkouts of a cart that is ordered, other than the one that paid it, so that it is not paid twice.
   * Also call it when another payment provider has ordered the cart. If one of the checkouts is paid meanwhile, its own
   * event reports it.
   *
   * @throws QontoPayError, QontoPayConnectionError: call it again later.
   */
  async onCartOrdered({ cartId, checkoutId }: Order): Promise<void> {
    for (const session of this.#store.sessionsOf(cartId)) {
      for (const { id, status } of await this.#checkoutsOf(session.id)) {
        if (id !== checkoutId && status === "open") await this.#end(id);
      }
    }
  }

  /** There is no call for a refund: never let the platform record one that did not happen. @throws Error always */
  refund(): never {
    throw new Error(
      "A Qonto payment can't be refunded from the shop: refund it in your Mollie or Qonto account, and note it here.",
    );
  }

  /**
   * Handles an event of the Worker, from a webhook or from the list of events, any number of times.
   *
   * @throws QontoPayError, QontoPayConnectionError: handle the event again later.
   */
  async handleEvent(event: MerchantEvent): Promise<void> {
    const { type, data } = event;
    const { checkout: named, payment, duplicate_of: first } = data;
    this.#reportAccess(event);
    if (named === undefined || this.#sessionOf(named) === null) return;
    if (type === "checkout.paid") await this.#settle(named.id);
    if (type === "checkout.duplicate_payment" && first === named.id) {
      this.#store.tellMerchant(`${named.id} ${payment?.id ?? ""}`, `Refund the extra payment of checkout ${named.id}.`);
    }
    if (type === "checkout.paid_after_superseded") {
      const text = `Checkout ${named.id} was paid after another one replaced it. Check whether both are paid.`;
      this.#store.tellMerchant(named.id, text); // the key of #settle: each payment is reported once
    }
    if (type === "checkout.amount_mismatch") {
      this.#store.tellMerchant(`${named.id} amount`, `Checkout ${named.id} was paid with another amount. Look at it.`);
    }
  }

  /**
   * Skips the events from before this shop. Call it once, when the shop is installed, before its first checkout. It reads
   * up to 90 days of the merchant's events, 100 in each call.
   */
  async skipEarlierEvents(): Promise<void> {
    for await (const { id } of this.#qontoPay.events.list()) this.#store.lastEvent = id;
  }

  /** Handles the events that webhooks missed. Call it at startup and every few minutes, one run at a time. */
  async catchUp(): Promise<void> {
    for (const event of this.#store.failedEvents) await this.#tryEvent(event);
    const after = this.#store.lastEvent;
    try {
      for await (const event of this.#qontoPay.events.list({ after })) {
        await this.#tryEvent(event);
        this.#store.lastEvent = event.id;
      }
    } catch (error) {
      if (after === undefined || !(error instanceof QontoPayError) || error.param !== "after") throw error;
      this.#store.lastEvent = undefined; // it has expired: read from the beginning
      await this.catchUp();
    }
  }

  /** Keeps an event that can't be handled for later, so that it does not block the others. */
  async #tryEvent(event: MerchantEvent): Promise<void> {
    try {
      await this.handleEvent(event);
      this.#store.removeFailed(event.id);
    } catch (error) {
      if (isWorkerAway(error)) throw error;
      this.#store.keepFailed(event);
      this.#store.tellMerchant(event.id, `The event ${event.id} could not be handled: ${String(error)}`);
    }
  }

  /** Shows what keeps shoppers from paying, until it is resolved. */
  #reportAccess({ type, created_at: since, data }: MerchantEvent): void {
    if (type === "connection.changed") {
      const { status } = data.connection;
      const problem = `Shoppers can't pay: the connection of Qonto's payment links is ${status}.`;
      this.#store.setProblem("connection", since, status === "enabled" ? null : problem);
    }
    if (type === "authorization.action_required") {
      this.#store.setProblem("consent", since, "Shoppers can't pay, or soon can't: reauthorize Qonto.");
    }
    if (type === "authorization.granted") this.#store.setProblem("consent", since, null);
    if (type === "authorization.suspended") {
      this.#store.setProblem("authorization", since, "Payments are stopped for now. The operator fixes it.");
    }
    if (type === "authorization.resumed") this.#store.setProblem("authorization", since, null);
  }

  async #settle(checkoutId: string): Promise<void> {
    if (this.#store.isSettled(checkoutId)) return;
    const checkout = await this.#find(checkoutId); // never the webhook's word
    if (checkout === null) {
      this.#store.tellMerchant(checkoutId, `Checkout ${checkoutId} is reported as paid, but is unknown. Look at it.`);
      return;
    }
    const sessionId = this.#sessionOf(checkout);
    if (checkout.status !== "paid" || sessionId === null) return;
    const cartId = this.#store.findSession(sessionId)?.cartId;
    // The session says what the cart cost when the link was opened: what it costs now is compared with the payment.
    const order = cartId === undefined ? null : this.#store.makeOrder(cartId, checkout);
    if (order === null) {
      this.#store.tellMerchant(checkoutId, `Checkout ${checkoutId} is paid, and no order was made for it. Look at it.`);
      return;
    }
    await this.onCartOrdered(order);
    await this.#setOrderNumber(checkoutId, order.number);
    this.#store.markSettled(checkoutId); // last: if a call above failed, the next event repeats it
  }

  /** Returns the session of a checkout; null for a checkout of another shop. A stored id counts, even without metadata. */
  #sessionOf({ id, metadata: { shop, session = "" } }: CheckoutSnapshot): string | null {
    const { shopId } = this.#options;
    if ((shop ?? shopId) !== shopId) return null;
    return this.#store.sessionOfCheckout(id) ?? (shop === undefined ? null : session);
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

/** Errors that any other event would also meet now. Others, such as `qonto_refused`, belong to one checkout. */
const AWAY = ["overloaded", "qonto_rate_limited", "qonto_unavailable", "unexpected_answer"];

/** Tells whether to stop reading: Worker or Qonto can't be reached or is busy, or the Worker rejects the secret key. */
function isWorkerAway(error: unknown): boolean {
  if (!(error instanceof QontoPayError)) return error instanceof QontoPayConnectionError;
  return [401, 429].includes(error.status) || AWAY.includes(error.code);
}
