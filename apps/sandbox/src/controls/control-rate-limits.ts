import * as z from "zod";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";

const limit = z.int().min(1).nullable().optional();

const limitsSchema = z.strictObject({
  per_10_seconds: limit,
  per_10_minutes: limit,
  unauthorized_per_hour: z.int().min(0).nullable().optional(),
  retry_after: z.boolean().optional(),
});

/**
 * Handles `PUT /_sandbox/rate_limits`: changes the named limits and answers all of them. Requests already counted still
 * count.
 */
export function setRateLimits(world: World, call: Call): Answer {
  const { settings } = world.limits;
  const body = parseBody(limitsSchema, call);
  const { per_10_seconds = settings.per_10_seconds, per_10_minutes = settings.per_10_minutes } = body;
  const { unauthorized_per_hour = settings.unauthorized_per_hour, retry_after = settings.retry_after } = body;
  world.limits.settings = { per_10_seconds, per_10_minutes, unauthorized_per_hour, retry_after };
  return json(200, world.limits.settings);
}
