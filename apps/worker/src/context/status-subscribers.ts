import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** A stream that receives the status of a checkout. */
export interface StatusSubscriber {
  send(report: CheckoutStatusReport): void;
  end(): void;
}

/** A shopper has a few tabs. More streams of one checkout are a mistake or an attack. */
const MOST_OF_ONE_CHECKOUT = 5;

/** The subscribers of a merchant's checkouts, by the checkout's id. */
export class StatusSubscribers {
  readonly #subscribers = new Map<string, Set<StatusSubscriber>>();

  /** Adds a subscriber. If there are too many, the oldest one is ended. */
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
        // This stream is closed. The other subscribers must still receive the report.
        this.remove(checkoutId, subscriber);
      }
    }
  }
}
