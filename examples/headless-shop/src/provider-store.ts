import type { CheckoutSnapshot, MerchantEvent } from "@qonto-pay/client";

/** A payment as a platform passes it to its payment provider: an amount, and no lines. */
export interface PaymentSession {
  readonly id: string;
  readonly cartId: string;
  /** A decimal text, VAT included: "23.80". It can have more decimals than the currency. */
  readonly amount: string;
  readonly currency: string;
}

export interface Order {
  readonly number: string;
  readonly cartId: string;
  /** The checkout that paid it; null if another payment provider ordered the cart. */
  readonly checkoutId: string | null;
}

/** The data of the payment provider. With a database, each method returns a promise: await it. */
export interface ProviderStore {
  /** The id of the last event that was read, `evt_…`. */
  lastEvent: string | undefined;
  /** Events that could not be handled, for another attempt. */
  readonly failedEvents: readonly MerchantEvent[];
  keepFailed(event: MerchantEvent): void;
  /** Removes an event that was handled, and its note to the merchant. */
  removeFailed(eventId: string): void;

  findSession(id: string): PaymentSession | undefined;
  sessionsOf(cartId: string): readonly PaymentSession[];
  /** Marks a session before its first create call, permanently: the response may be lost. */
  markOpening(sessionId: string): void;
  wasOpened(sessionId: string): boolean;
  /** The mark stays after the session is removed: a create call may still be under way. */
  markDeleted(sessionId: string, isDeleted: boolean): void;
  isDeleted(sessionId: string): boolean;

  addCheckout(sessionId: string, checkoutId: string): void;
  checkoutsOf(sessionId: string): readonly string[];
  sessionOfCheckout(checkoutId: string): string | undefined;
  /** Marks a checkout whose order exists and for which no call is left to make. */
  markSettled(checkoutId: string): void;
  isSettled(checkoutId: string): boolean;

  /** Returns the order of a cart, even one of another payment provider. */
  orderOf(cartId: string): Order | undefined;
  /** Creates the order of a cart, once. Returns null if the cart has another amount now, or is ordered otherwise. */
  makeOrder(cartId: string, checkout: CheckoutSnapshot): Order | null;

  /** Notifies the merchant once for each key, which names the occasion: a further note with the same key is ignored. */
  tellMerchant(key: string, note: string): void;
  /** Shows or clears (null) a problem. An event that is older than the last one of its topic changes nothing. */
  setProblem(topic: string, since: string, message: string | null): void;
}
