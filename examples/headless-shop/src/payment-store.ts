import type { CheckoutSnapshot, MerchantEvent } from "@qonto-pay/client";
import { centsOf } from "./cents-of.ts";
import type { Order, PaymentSession, ProviderStore } from "./provider-store.ts";

/** What a shopper is about to buy. It may change until it is ordered, even while its payment is under way. */
export interface Cart {
  readonly id: string;
  /** A decimal text, VAT included: "23.80". */
  readonly total: string;
  readonly currency: string;
}

interface Problem {
  readonly since: string;
  readonly message: string | null;
}

/** The data that a shop stores in its database. This store keeps it in memory. */
export class PaymentStore implements ProviderStore {
  lastEvent: string | undefined;
  readonly #carts = new Map<string, Cart>();
  readonly #sessions = new Map<string, PaymentSession>();
  readonly #opening = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #checkouts = new Map<string, Set<string>>();
  readonly #settled = new Set<string>();
  readonly #orders = new Map<string, Order>();
  readonly #failedEvents = new Map<string, MerchantEvent>();
  readonly #notes = new Map<string, string>();
  readonly #problems = new Map<string, Problem>();

  get orders(): readonly Order[] {
    return [...this.#orders.values()];
  }

  /** Messages for the merchant: what happened, and what keeps shoppers from paying now. */
  get notes(): readonly string[] {
    return [...this.#notes.values(), ...[...this.#problems.values()].flatMap(({ message }) => message ?? [])];
  }

  get failedEvents(): readonly MerchantEvent[] {
    return [...this.#failedEvents.values()];
  }

  saveCart(cart: Cart): void {
    this.#carts.set(cart.id, cart);
  }

  addSession(session: PaymentSession): void {
    this.#sessions.set(session.id, session);
  }

  findSession(id: string): PaymentSession | undefined {
    return this.#sessions.get(id);
  }

  sessionsOf(cartId: string): readonly PaymentSession[] {
    return [...this.#sessions.values()].filter((session) => session.cartId === cartId);
  }

  markOpening(sessionId: string): void {
    this.#opening.add(sessionId);
  }

  wasOpened(sessionId: string): boolean {
    return this.#opening.has(sessionId);
  }

  markDeleted(sessionId: string, isDeleted: boolean): void {
    if (isDeleted) this.#deleted.add(sessionId);
    else this.#deleted.delete(sessionId);
  }

  isDeleted(sessionId: string): boolean {
    return this.#deleted.has(sessionId);
  }

  addCheckout(sessionId: string, checkoutId: string): void {
    this.#checkouts.set(sessionId, new Set([...this.checkoutsOf(sessionId), checkoutId]));
  }

  checkoutsOf(sessionId: string): readonly string[] {
    return [...(this.#checkouts.get(sessionId) ?? [])];
  }

  sessionOfCheckout(checkoutId: string): string | undefined {
    return [...this.#checkouts].find(([, ids]) => ids.has(checkoutId))?.[0];
  }

  markSettled(checkoutId: string): void {
    this.#settled.add(checkoutId);
  }

  isSettled(checkoutId: string): boolean {
    return this.#settled.has(checkoutId);
  }

  removeSession(id: string): void {
    this.#sessions.delete(id);
  }

  /**
   * In a database, a unique index on the cart ensures that it has one order. The transaction that creates the order
   * locks the cart's row and then reads the cart, to prevent a change in between.
   */
  makeOrder(cartId: string, { id: checkoutId, amount }: CheckoutSnapshot): Order | null {
    const made = this.#orders.get(cartId);
    if (made !== undefined) return made.checkoutId === checkoutId ? made : null;
    const cart = this.#carts.get(cartId);
    if (cart === undefined || cart.currency.toUpperCase() !== amount.currency) return null;
    if (centsOf(cart.total) !== centsOf(amount.value)) return null;
    return this.#addOrder(cartId, checkoutId);
  }

  /** Creates the order of a cart that another payment provider takes the payment for. @throws Error if it is ordered */
  placeOrder(cartId: string): Order {
    if (this.#orders.has(cartId)) throw new Error(`The cart ${cartId} is ordered.`);
    return this.#addOrder(cartId, null);
  }

  #addOrder(cartId: string, checkoutId: string | null): Order {
    const order = { number: String(1001 + this.#orders.size), cartId, checkoutId };
    this.#orders.set(cartId, order);
    return order;
  }

  orderOf(cartId: string): Order | undefined {
    return this.#orders.get(cartId);
  }

  keepFailed(event: MerchantEvent): void {
    this.#failedEvents.set(event.id, event);
  }

  removeFailed(eventId: string): void {
    this.#failedEvents.delete(eventId);
    this.#notes.delete(eventId);
  }

  setProblem(topic: string, since: string, message: string | null): void {
    if (Date.parse(this.#problems.get(topic)?.since ?? since) <= Date.parse(since)) {
      this.#problems.set(topic, { since, message });
    }
  }

  tellMerchant(key: string, note: string): void {
    if (!this.#notes.has(key)) this.#notes.set(key, note);
  }
}
