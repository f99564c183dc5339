import type { Clock } from "../state/clock.ts";
import type { Delivery } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import { nextAttempt } from "./retry-schedule.ts";
import { signWebhook } from "./sign.ts";

/** Qonto's limit: an endpoint that has not answered by then is tried again. */
const ANSWER_LIMIT_MS = 1000;
const MAX_IN_FLIGHT = 32;
/** The clock may be moved and timers have an upper bound: no wait is longer than this before looking again. */
const LONGEST_WAIT_MS = 60_000;

/** Sends the events that wait in the state, each until its endpoint takes it or it is given up. */
export class Deliveries {
  readonly #store: Store;
  readonly #clock: Clock;
  /** The ids of the deliveries that no timer may take. */
  readonly #inFlight = new Set<string>();
  readonly #attempts = new Set<Promise<void>>();
  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Looks for events that are due, now and again later. To be called when one was added or the clock was moved. */
  wake(): void {
    clearTimeout(this.#timer);
    // With all places taken there is nothing to look for: the next attempt that ends looks again.
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

  /** Takes the held events, and tries each once before the next one. What is not taken then is tried again later. */
  async release(order: "forward" | "reverse"): Promise<number> {
    const { held, deliveries } = this.#store.state;
    const released = order === "reverse" ? [...held.values()].toReversed() : [...held.values()];
    held.clear();
    for (const delivery of released) {
      // Counted as in flight before it is among the deliveries, so that no timer takes it out of turn.
      this.#inFlight.add(delivery.id);
      deliveries.set(delivery.id, delivery);
    }
    this.#store.changed();
    for (const delivery of released) await this.#attempt(delivery);
    this.wake();
    return released.length;
  }

  /** Breaks off the attempts under way; their events stay in the state, which changes no more after this. */
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
    // A reset may have come in between, or the end, which is not the endpoint's failure.
    if (deliveries.get(delivery.id) !== delivery || (!taken && this.#stopped.signal.aborted)) return;
    delivery.attempts += 1;
    const next = taken ? undefined : nextAttempt(delivery.attempts, Date.parse(delivery.created_at), this.#clock.now());
    if (next === undefined) deliveries.delete(delivery.id);
    else delivery.due_at = new Date(next).toISOString();
    this.#store.changed();
  }

  /** Whether the endpoint took the event. One whose subscription is gone has nobody left to take it. */
  async #send({ subscription_id, body }: Delivery): Promise<boolean> {
    const subscription = this.#store.state.webhook_subscriptions.get(subscription_id);
    if (subscription === undefined) return true;
    // Signed with the real time, not the sandbox's: the receiver compares it with its own clock.
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
