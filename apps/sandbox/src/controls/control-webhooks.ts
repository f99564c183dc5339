import * as z from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { WEBHOOK_MODES } from "../state/state.ts";
import type { World } from "../world.ts";

const modeSchema = z.strictObject({ mode: z.enum(WEBHOOK_MODES) });
const releaseSchema = z.strictObject({ order: z.enum(["forward", "reverse"]).default("forward") });

/** `PUT /_sandbox/webhooks`: how events are sent from now on. */
export function setWebhookMode(world: World, call: Call): Answer {
  const { mode } = parseBody(modeSchema, call);
  world.store.state.webhook_mode = mode;
  world.store.changed();
  return json(200, { mode });
}

/** `GET /_sandbox/webhook_subscriptions`: all of them with their secrets, which the API answers only once. */
export function getSubscriptions({ store }: World): Answer {
  return json(200, { subscriptions: [...store.state.webhook_subscriptions.values()] });
}

/** `POST /_sandbox/webhooks/release`: answers when each held event was tried once, one after the other. */
export async function releaseWebhooks(world: World, call: Call): Promise<Answer> {
  const { order } = call.text === "" ? { order: "forward" as const } : parseBody(releaseSchema, call);
  return json(200, { released: await world.deliveries.release(order) });
}
