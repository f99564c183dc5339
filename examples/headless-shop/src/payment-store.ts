/** A payment as a platform passes it to its payment provider: an amount, and no lines. */
export interface PaymentSession {
  readonly id: string;
  readonly cartId: string;
  /** A decimal text, VAT included: "23.80". */
  readonly amount: string;
  readonly currency: string;
}

export interface Order {
  readonly number: string;
  readonly cartId: string;
  readonly checkoutId: string;
}

/** The data that a shop stores in its database. This store keeps it in memory. */
export class PaymentStore {
  /** The last event that was handled, `evt_…`. */
  lastEvent: string | undefined;
  readonly #sessions = new Map<string, PaymentSession>();
  readonly #orders = new Map<string, Order>();
  readonly #notes = new Map<string, string>();

  get orders(): readonly Order[] {
    return [...this.#orders.values()];
  }

  /** Messages for the merchant. */
  get notes(): readonly string[] {
    return [...this.#notes.values()];
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

  removeSession(id: string): void {
    this.#sessions.delete(id);
  }

  /**
   * Creates the order of a cart, once. In a database, a unique index on the cart ensures that.
   *
   * @returns the order; null if another checkout has paid the cart.
   */
  makeOrder({ cartId }: PaymentSession, checkoutId: string): Order | null {
    const order = this.#orders.get(cartId) ?? { number: String(1001 + this.#orders.size), cartId, checkoutId };
    this.#orders.set(cartId, order);
    return order.checkoutId === checkoutId ? order : null;
  }

  /** @param key names the occasion: each is reported once. */
  tellMerchant(key: string, note: string): void {
    this.#notes.set(key, note);
  }
}
