import * as z from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { PAYMENT_LINK_SHAPES } from "../state/state.ts";
import type { World } from "../world.ts";

// The documentation leaves these points open or has described them in two ways. A client must handle each.

const idempotencySchema = z.strictObject({ honoured: z.boolean() });

/** Handles `PUT /_sandbox/idempotency`: whether two creates with the same `X-Qonto-Idempotency-Key` make one link. */
export function setIdempotency(world: World, call: Call): Answer {
  const { honoured } = parseBody(idempotencySchema, call);
  const { state } = world.store;
  state.idempotency_honoured = honoured;
  if (!honoured) state.idempotent_links.clear();
  world.store.changed();
  return json(200, { honoured });
}

const lifeSchema = z.strictObject({ seconds: z.int().min(1).max(3_155_760_000) });

/** Handles `PUT /_sandbox/payment_link_life`: how many seconds new links live. A year by default. */
export function setPaymentLinkLife(world: World, call: Call): Answer {
  const { seconds } = parseBody(lifeSchema, call);
  world.store.state.payment_link_life_ms = seconds * 1000;
  world.store.changed();
  return json(200, { seconds });
}

const shapesSchema = z.strictObject({ payment_link: z.enum(PAYMENT_LINK_SHAPES) });

/** Handles `PUT /_sandbox/shapes`: whether reading and deactivating a link answers it bare or in an envelope. */
export function setShapes(world: World, call: Call): Answer {
  const { payment_link } = parseBody(shapesSchema, call);
  world.store.state.payment_link_shape = payment_link;
  world.store.changed();
  return json(200, { payment_link });
}
