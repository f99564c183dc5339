import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** A stream that receives the status of a checkout. */
export interface StatusSubscriber {
  send(report: CheckoutStatusReport): void;
  end(): void;
  /** Ends the stream, and asks its page to connect again later. */
  evict(): void;
}

/** A shopper has a few tabs. More streams of one checkout are a mistake or an attack. */
const MOST_OF_ONE_CHECKOUT = 5;

/** Bounds the memory of a merchant's object, which ends with all its streams if it uses too much. */
const MOST = 2_000;

/** The subscribers of a merchant's checkouts. */
export class StatusSubscribers {
  /** By the id of the checkout, the oldest subscriber first. */
  readonly #byCheckout = new Map<string, Set<StatusSubscriber>>();
  /** All of them, the oldest first. */
  readonly #all = new Set<StatusSubscriber>();

  /** Adds a subscriber. If there are too many of the checkout, or of the merchant, the oldest one is evicted. */
  add(checkoutId: string, subscriber: StatusSubscriber): void {
    const ofCheckout = this.#byCheckout.get(checkoutId) ?? new Set();
    this.#byCheckout.set(checkoutId, ofCheckout.add(subscriber));
    this.#all.add(subscriber);
    const crowded = ofCheckout.size > MOST_OF_ONE_CHECKOUT ? ofCheckout : this.#all.size > MOST ? this.#all : [];
    const [oldest] = crowded;
    oldest?.evict();
  }

  remove(checkoutId: string, subscriber: StatusSubscriber): void {
    this.#all.delete(subscriber);
    const ofCheckout = this.#byCheckout.get(checkoutId);
    ofCheckout?.delete(subscriber);
    if (ofCheckout?.size === 0) this.#byCheckout.delete(checkoutId);
  }

  send(checkoutId: string, report: CheckoutStatusReport): void {
    for (const subscriber of this.#byCheckout.get(checkoutId) ?? []) {
      try {
        subscriber.send(report);
      } catch {
        // This stream is closed. The other subscribers must still receive the report.
        this.remove(checkoutId, subscriber);
      }
    }
  }
}
