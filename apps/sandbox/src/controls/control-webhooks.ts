import * as z from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { WEBHOOK_MODES } from "../state/state.ts";
import type { World } from "../world.ts";

const modeSchema = z.strictObject({ mode: z.enum(WEBHOOK_MODES) });
const releaseSchema = z.strictObject({ order: z.enum(["forward", "reverse"]).default("forward") });

/** Handles `PUT /_sandbox/webhooks`: how new events are sent. */
export function setWebhookMode(world: World, call: Call): Answer {
  const { mode } = parseBody(modeSchema, call);
  world.store.state.webhook_mode = mode;
  world.store.changed();
  return json(200, { mode });
}

/**
 * Handles `GET /_sandbox/webhook_subscriptions`: all subscriptions with their secrets, which the API returns only once.
 */
export function getSubscriptions({ store }: World): Answer {
  return json(200, { subscriptions: [...store.state.webhook_subscriptions.values()] });
}

/** Handles `POST /_sandbox/webhooks/release`. Answers after each held event was tried once, one after another. */
export async function releaseWebhooks(world: World, call: Call): Promise<Answer> {
  const { order } = call.text === "" ? { order: "forward" as const } : parseBody(releaseSchema, call);
  return json(200, { released: await world.deliveries.release(order) });
}
