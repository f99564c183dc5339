import type { Faults } from "./controls/faults.ts";
import type { Journal } from "./controls/journal.ts";
import type { RateLimits } from "./limits/rate-limits.ts";
import type { Clock } from "./state/clock.ts";
import type { Store } from "./state/store.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";
import type { FirstSubscriber } from "./webhooks/first-subscriber.ts";

/** The parts of a sandbox that handlers use. */
export interface World {
  readonly store: Store;
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly limits: RateLimits;
  /** The endpoint that each fresh state subscribes; undefined without `--webhook-url`. */
  readonly subscriber: FirstSubscriber | undefined;
  /** The sandbox's scheme, host and port, without a trailing slash. */
  readonly origin: string;
}
