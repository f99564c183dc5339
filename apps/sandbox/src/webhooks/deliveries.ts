import type { Clock } from "../state/clock.ts";
import type { Delivery } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { nextAttempt } from "./retry-schedule.ts";
import { signWebhook } from "./sign.ts";

/** Qonto's limit. An endpoint that answers later receives the event again. */
const ANSWER_LIMIT_MS = 1000;
const MAX_IN_FLIGHT = 32;
/** Longest time between two checks, because the clock may be moved and timers have an upper bound. */
const LONGEST_WAIT_MS = 60_000;

/** Sends the pending events. Retries each until its endpoint accepts it or the retries end. */
export class Deliveries {
  readonly #store: Store;
  readonly #clock: Clock;
  /** The ids of deliveries that the timer must skip. */
  readonly #inFlight = new Set<string>();
  readonly #attempts = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Sends due events and schedules the next check. Must be called after an event was added or the clock was moved. */
  wake(): void {
    clearTimeout(this.#timer);
    // At the limit, the next attempt that ends calls this again.
    if (this.#stopped.signal.aborted || this.#inFlight.size >= MAX_IN_FLIGHT) return;
    const waiting = [...this.#store.state.deliveries.values()].filter(({ id }) => !this.#inFlight.has(id));
    let soonest = LONGEST_WAIT_MS;
    for (const delivery of waiting) {
      const wait = Date.parse(delivery.due_at) - this.#clock.now();
      if (wait > 0) soonest = Math.min(soonest, wait);
      else if (this.#inFlight.size < MAX_IN_FLIGHT) void this.#attempt(delivery).then(() => this.wake());
    }
    this.#timer = setTimeout(() => this.wake(), soonest).unref();
  }

  /** Sends the held events one after another, each once, and returns their number. Failed ones are retried later. */
  async release(order: "forward" | "reverse"): Promise<number> {
    const { held, deliveries } = this.#store.state;
    const released = order === "reverse" ? [...held.values()].toReversed() : [...held.values()];
    held.clear();
    for (const delivery of released) {
      // Marked as in flight first, so that the timer does not send it out of order.
      this.#inFlight.add(delivery.id);
      deliveries.set(delivery.id, delivery);
    }
    this.#store.changed();
    for (const delivery of released) await this.#attempt(delivery);
    this.wake();
    return released.length;
  }

  /** Aborts current attempts. Their events stay in the state, which no longer changes after this. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopped.abort();
    await Promise.all(this.#attempts);
  }

  async #attempt(delivery: Delivery): Promise<void> {
    this.#inFlight.add(delivery.id);
    const attempt = this.#sendOnce(delivery);
    this.#attempts.add(attempt);
    await attempt;
    this.#attempts.delete(attempt);
  }

  async #sendOnce(delivery: Delivery): Promise<void> {
    const taken = await this.#send(delivery);
    this.#inFlight.delete(delivery.id);
    const { deliveries } = this.#store.state;
    // During the attempt, a reset may have removed the event, or `stop` may have aborted it, which is not the
    // endpoint's failure.
    if (deliveries.get(delivery.id) !== delivery || (!taken && this.#stopped.signal.aborted)) return;
    delivery.attempts += 1;
    const next = taken ? undefined : nextAttempt(delivery.attempts, Date.parse(delivery.created_at), this.#clock.now());
    if (next === undefined) deliveries.delete(delivery.id);
    else delivery.due_at = new Date(next).toISOString();
    this.#store.changed();
  }

  /** Returns whether the endpoint accepted the event. Also true if its subscription was deleted. */
  async #send({ subscription_id, body }: Delivery): Promise<boolean> {
    const subscription = this.#store.state.webhook_subscriptions.get(subscription_id);
    if (subscription === undefined) return true;
    // Signed with the real time: the receiver compares it with its own clock.
    const unixSeconds = Math.floor(this.#clock.real() / 1000);
    try {
      const response = await fetch(subscription.callback_url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-qonto-signature": signWebhook(body, subscription.secret, unixSeconds),
        },
        body,
        redirect: "manual",
        signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(ANSWER_LIMIT_MS)]),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }
}
