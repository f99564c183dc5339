import type { Faults } from "./controls/faults.ts";
import type { Journal } from "./controls/journal.ts";
import type { RateLimits } from "./limits/rate-limits.ts";
import type { Clock } from "./state/clock.ts";
import type { Store } from "./state/store.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import type { FirstSubscriber } from "./webhooks/first-subscriber.ts";

/** All that a handler may touch. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly limits: RateLimits;
  /** The endpoint that every state begins with; undefined when none was named. */
  readonly subscriber: FirstSubscriber | undefined;
  /** Scheme, host and port that the sandbox is reached at, without a slash at the end. */
  readonly origin: string;
}
