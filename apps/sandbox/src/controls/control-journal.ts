import { type Answer, json, noContent } from "../http/answer.ts";
import type { World } from "../world.ts";

/** Handles `GET /_sandbox/journal`. */
export function readJournal(world: World): Answer {
  return json(200, { requests: world.journal.entries });
}

/** Handles `DELETE /_sandbox/journal`. */
export function clearJournal(world: World): Answer {
  world.journal.clear();
  return noContent();
}
