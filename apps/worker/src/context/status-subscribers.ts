import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** One who waits to be told how a checkout stands. */
export interface StatusSubscriber {
  send(report: CheckoutStatusReport): void;
  end(): void;
}

/** A shopper has a few tabs; more streams of one checkout than these are somebody's mistake, or worse. */
const MOST_OF_ONE_CHECKOUT = 5;

/** Those who watch a merchant's checkouts, by the checkout's id. */
export class StatusSubscribers {
  readonly #subscribers = new Map<string, Set<StatusSubscriber>>();

  /** Takes a subscriber in; where there are too many, the oldest is sent away. */
  add(checkoutId: string, subscriber: StatusSubscriber): void {
    const subscribers = this.#subscribers.get(checkoutId) ?? new Set();
    this.#subscribers.set(checkoutId, subscribers.add(subscriber));
    const [oldest] = subscribers;
    if (subscribers.size > MOST_OF_ONE_CHECKOUT) oldest?.end();
  }

  remove(checkoutId: string, subscriber: StatusSubscriber): void {
    const subscribers = this.#subscribers.get(checkoutId);
    subscribers?.delete(subscriber);
    if (subscribers?.size === 0) this.#subscribers.delete(checkoutId);
  }

  send(checkoutId: string, report: CheckoutStatusReport): void {
    for (const subscriber of this.#subscribers.get(checkoutId) ?? []) {
      try {
        subscriber.send(report);
      } catch {
        // Its stream is gone. The others are still to be told.
        this.remove(checkoutId, subscriber);
      }
    }
  }
}
