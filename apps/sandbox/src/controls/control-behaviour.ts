import { parseBody } from "../api/read-json.ts";
import { type Behaviour, behaviourSchema, changedBehaviour } from "../behaviour/behaviour-settings.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";

/** Handles `GET /_sandbox/behaviour`: the behaviour chosen last, and the value of every switch. */
export function getBehaviour(world: World): Answer {
  return json(200, show(world.store.state.behaviour));
}

/** Handles `PUT /_sandbox/behaviour`: a behaviour sets all switches, then the switches in the same body change. */
export function setBehaviour(world: World, call: Call): Answer {
  const { behaviour, ...switches } = parseBody(behaviourSchema, call);
  const { state } = world.store;
  state.behaviour = changedBehaviour(state.behaviour, { behaviour, switches });
  world.store.changed();
  return json(200, show(state.behaviour));
}

function show({ name, switches }: Behaviour): object {
  return { behaviour: name, ...switches };
}
