import { parseBody } from "../api/read-json.ts";
import { type Answer, json, noContent } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { faultSchema } from "./faults.ts";

/** Handles `POST /_sandbox/faults`. Answers the fault with its defaults. */
export function addFault(world: World, call: Call): Answer {
  const fault = parseBody(faultSchema, call);
  world.faults.add(fault);
  return json(201, fault);
}

/** Handles `DELETE /_sandbox/faults`. */
export function clearFaults(world: World): Answer {
  world.faults.clear();
  return noContent();
}
