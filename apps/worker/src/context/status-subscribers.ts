import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** One who waits to be told how a checkout stands. */
export interface Watcher {
  tell(report: CheckoutStatusReport): void;
  end(): void;
}

/** A shopper has a few tabs; more streams of one checkout than these are somebody's mistake, or worse. */
const MOST_OF_ONE_CHECKOUT = 5;

/** Those who watch a merchant's checkouts, by the checkout's id. */
export class Watchers {
  readonly #watchers = new Map<string, Set<Watcher>>();

  /** Takes a watcher in; where there are too many, the oldest is sent away. */
  add(checkoutId: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(checkoutId) ?? new Set();
    this.#watchers.set(checkoutId, watchers.add(watcher));
    const [oldest] = watchers;
    if (watchers.size > MOST_OF_ONE_CHECKOUT) oldest?.end();
  }

  remove(checkoutId: string, watcher: Watcher): void {
    const watchers = this.#watchers.get(checkoutId);
    watchers?.delete(watcher);
    if (watchers?.size === 0) this.#watchers.delete(checkoutId);
  }

  tell(checkoutId: string, report: CheckoutStatusReport): void {
    for (const watcher of this.#watchers.get(checkoutId) ?? []) {
      try {
        watcher.tell(report);
      } catch {
        // Its stream is gone. The others are still to be told.
        this.remove(checkoutId, watcher);
      }
    }
  }
}
