import * as z from "zod";
import { badRequest } from "../api/api-error.ts";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json, noContent } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { connectionChanged } from "../payment-links/connection-changed.ts";
import { expirePaymentLinks } from "../payment-links/expire-payment-links.ts";
import { methodsWith, PAYMENT_METHODS } from "../state/payment-methods.ts";
import { CONNECTION_STATUSES } from "../state/state.ts";
import type { World } from "../world.ts";

const clockSchema = z.union([
  z.strictObject({ now: z.iso.datetime({ offset: true }) }),
  z.strictObject({ advance_seconds: z.number() }),
]);

/**
 * Late enough for any test, and early enough that ISO 8601 can represent every later time that the sandbox calculates.
 */
const LATEST = Date.UTC(2200);

/**
 * Handles `POST /_sandbox/clock`: moves the sandbox's time. Links that are due by then expire, and due events are sent.
 */
export function setClock(world: World, call: Call): Answer {
  const body = parseBody(clockSchema, call);
  const time = "now" in body ? Date.parse(body.now) : world.clock.now() + body.advance_seconds * 1000;
  if (time < 0 || time > LATEST) throw badRequest("The time must be between 1970 and 2200");
  world.clock.set(time);
  expirePaymentLinks(world);
  world.deliveries.wake();
  return json(200, { now: world.clock.iso() });
}

/**
 * Handles `POST /_sandbox/reset`: restores the initial state. Clears faults, the journal and the rate limit counters.
 */
export function reset(world: World): Answer {
  world.store.reset();
  world.subscriber?.subscribe(world.store, world.clock);
  clearMemory(world);
  return noContent();
}

/** Handles `POST /_sandbox/snapshot`: saves the current state in memory, for `POST /_sandbox/snapshot/restore`. */
export function takeSnapshot(world: World): Answer {
  world.store.takeSnapshot();
  return noContent();
}

/** Handles `POST /_sandbox/snapshot/restore`: works like a reset, but restores the last snapshot. */
export function restoreSnapshot(world: World): Answer {
  if (!world.store.restoreSnapshot()) throw badRequest("No snapshot exists. Take one with POST /_sandbox/snapshot");
  clearMemory(world);
  return noContent();
}

/** Clears the parts of the sandbox that are not in its state. */
function clearMemory(world: World): void {
  world.faults.clear();
  world.journal.clear();
  world.limits.reset();
}

const policySchema = z.strictObject({
  level: z.enum(["unit", "line", "rate", "total", "en16931"]),
  mode: z.enum(["half_up", "half_even"]),
});

/** Handles `PUT /_sandbox/rounding_policy`: how new baskets are priced. */
export function setRoundingPolicy(world: World, call: Call): Answer {
  const policy = parseBody(policySchema, call);
  world.store.state.rounding_policy = policy;
  world.store.changed();
  return json(200, policy);
}

const connectionSchema = z.strictObject({ status: z.enum(CONNECTION_STATUSES).nullable() });

/**
 * Handles `PUT /_sandbox/connection`: the status of the provider connection; null if the organization never connected.
 */
export function setConnection(world: World, call: Call): Answer {
  const { status } = parseBody(connectionSchema, call);
  const { state } = world.store;
  const wasEnabled = state.connection?.status === "enabled";
  const bank_account_id = state.organization.bank_accounts[0]?.id ?? "";
  state.connection =
    status === null
      ? null
      : { ...(state.connection ?? { id: world.clock.newId(), bank_account_id, partner_callback_url: null }), status };
  connectionChanged(world, wasEnabled);
  return json(200, { status });
}

const bound = z
  .string()
  .regex(/^\d{1,13}(\.\d{1,2})?$/, "must be a decimal string")
  .optional();

const methodsSchema = z.strictObject({
  enabled: z.array(z.enum(PAYMENT_METHODS)),
  limits: z.partialRecord(z.enum(PAYMENT_METHODS), z.strictObject({ min: bound, max: bound })).default({}),
});

/** Handles `PUT /_sandbox/payment_methods`: the methods that the merchant enabled, and the amounts that they accept. */
export function setPaymentMethods(world: World, call: Call): Answer {
  const { enabled, limits } = parseBody(methodsSchema, call);
  world.store.state.payment_methods = methodsWith(enabled).map((method) => ({ ...method, ...limits[method.name] }));
  world.store.changed();
  return json(200, { enabled, limits });
}
