import { parseBody } from "../api/read-json.ts";
import { type Answer, json, noContent } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { faultSchema } from "./faults.ts";

/** `POST /_sandbox/faults`: answers the fault as it was understood. */
export function addFault(world: World, call: Call): Answer {
  const fault = parseBody(faultSchema, call);
  world.faults.add(fault);
  return json(201, fault);
}

/** `DELETE /_sandbox/faults` */
export function clearFaults(world: World): Answer {
  world.faults.clear();
  return noContent();
}
