import { type BehaviourChoice, startingBehaviour } from "./behaviour/behaviour-settings.ts";
import { Faults } from "./controls/faults.ts";
import { Journal } from "./controls/journal.ts";
import { bindServer } from "./http/server.ts";
import { DOCUMENTED_LIMITS, NO_LIMITS, RateLimits } from "./limits/rate-limits.ts";
import { respond, tooLarge } from "./respond.ts";
import { Clock } from "./state/clock.ts";
import { startHousekeeping } from "./state/housekeeping.ts";
import { Store } from "./state/store.ts";
import { Deliveries } from "./webhooks/deliveries.ts";
import { FirstSubscriber, type Webhook, type WebhookOptions } from "./webhooks/first-subscriber.ts";
import type { World } from "./world.ts";

export { BEHAVIOUR_NAMES, type BehaviourName, type SwitchChanges } from "./behaviour/behaviours.ts";

/** `behaviour` is which Qonto is played, `documented` by default; `switches` change single points of it. */
export interface SandboxOptions extends BehaviourChoice {
  /** 4010 by default; 0 for any free one. */
  readonly port?: number | undefined;
  /** 127.0.0.1 by default, which is also `localhost`. */
  readonly host?: string | undefined;
  /** Where the state is kept. Without it the state ends with the process. */
  readonly dataFile?: string | undefined;
  /** An endpoint that gets all events, before and after a reset, without a subscription made over the API. */
  readonly webhook?: WebhookOptions | undefined;
  /** False for none of Qonto's rate limits; `PUT /_sandbox/rate_limits` changes them too. True by default. */
  readonly rateLimits?: boolean | undefined;
  /** The real time in milliseconds since 1970, for tests. */
  readonly now?: (() => number) | undefined;
  /** Given one line for each request, without secrets. */
  readonly log?: ((line: string) => void) | undefined;
}

export interface Sandbox {
  /** Where it is reached, without a slash at the end: `http://localhost:4010`. */
  readonly url: string;
  /** The endpoint that was named in the options, and the secret that its events are signed with. */
  readonly webhook: Webhook | undefined;
  /** Drops open connections, writes what is left to the data file, and frees the port. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a local Qonto.
 *
 * @throws Error when the port is taken, the data file cannot be read, the webhook's URL or secret is not one, or the
 * behaviour, a switch or its value does not exist.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 4010, host = "127.0.0.1", dataFile, webhook, rateLimits = true, now = Date.now, log } = options;
  const subscriber = webhook === undefined ? undefined : new FirstSubscriber(webhook);
  const store = await Store.open(dataFile, startingBehaviour(options));
  const clock = new Clock(store, now);
  const deliveries = new Deliveries(store, clock);
  const server = await bindServer(host, port);
  const origin = originOf(host, server.port);
  const world: World = {
    store,
    clock,
    deliveries,
    faults: new Faults(),
    journal: new Journal(),
    limits: new RateLimits(rateLimits ? DOCUMENTED_LIMITS : NO_LIMITS),
    subscriber,
    origin,
  };
  const subscribed = subscriber?.subscribe(store, clock);
  server.serve({
    respond: async (call) => {
      const outcome = await respond(world, call);
      log?.(`${call.method} ${call.path} ${outcome === "drop" ? "dropped" : outcome.status}`);
      return outcome;
    },
    tooLarge,
  });
  deliveries.wake();
  const stopHousekeeping = startHousekeeping(world);
  return {
    url: origin,
    webhook: subscribed,
    close: async () => {
      stopHousekeeping();
      await Promise.all([deliveries.stop(), server.close()]);
      await store.saved();
    },
  };
}

/** A browser takes `localhost` for a secure place, so it is named wherever it leads here. */
function originOf(host: string, port: number): string {
  const local = ["127.0.0.1", "0.0.0.0", "localhost", "::1", "::"].includes(host);
  return `http://${local ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
