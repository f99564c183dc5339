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

/**
 * The options of a sandbox. `behaviour` selects the Qonto to simulate (default `production`); `switches` override
 * single points of it.
 */
export interface SandboxOptions extends BehaviourChoice {
  /** The port to listen on, 4010 by default. 0 selects a free one. */
  readonly port?: number | undefined;
  /** The address to listen on, 127.0.0.1 by default, which is also `localhost`. */
  readonly host?: string | undefined;
  /** The file that stores the state. Without it, the state ends with the process. */
  readonly dataFile?: string | undefined;
  /** An endpoint that receives all events, even after a reset, without a subscription through the API. */
  readonly webhook?: WebhookOptions | undefined;
  /** False turns Qonto's rate limits off. `PUT /_sandbox/rate_limits` changes them later. True by default. */
  readonly rateLimits?: boolean | undefined;
  /** Returns the real time in milliseconds since 1970. Tests replace it. */
  readonly now?: (() => number) | undefined;
  /** Receives one line for each request, without secrets. */
  readonly log?: ((line: string) => void) | undefined;
}

export interface Sandbox {
  /** The sandbox's address, without a trailing slash: `http://localhost:4010`. */
  readonly url: string;
  /** The endpoint from the options, and the secret that signs its events. */
  readonly webhook: Webhook | undefined;
  /** Drops open connections, saves pending changes to the data file, and frees the port. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a local Qonto.
 *
 * @throws Error if the port is taken, the data file cannot be read, the webhook's URL or secret is invalid, or the
 * behaviour, a switch or its value is unknown.
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

/**
 * Returns the sandbox's address, as `localhost` if it is this machine: browsers treat `localhost` as a secure context.
 */
function originOf(host: string, port: number): string {
  const local = ["127.0.0.1", "0.0.0.0", "localhost", "::1", "::"].includes(host);
  return `http://${local ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;
}
