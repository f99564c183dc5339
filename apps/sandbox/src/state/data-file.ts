import { readFile, rename, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import { freshState } from "./fresh-state.ts";
import type { State } from "./state.ts";

/** Increases when older files can no longer be read. */
const FORMAT = 1;

interface Envelope {
  readonly qonto_sandbox_format: number;
  readonly state: Partial<State>;
}

/**
 * Returns the state in the file; undefined if the file does not exist. A behaviour changed at run time is kept until
 * the sandbox starts with another one.
 *
 * @throws Error that names the file, if no version of this sandbox wrote it.
 */
export async function readDataFile(path: string, behaviour: Behaviour): Promise<State | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const envelope = parse(text);
  if (envelope?.qonto_sandbox_format !== FORMAT) {
    throw new Error(`${path} is not a data file of this sandbox. Remove it, or name another file with --data.`);
  }
  // Fields that an older version did not save are as in a fresh sandbox. So is the organization, which nothing changes.
  const fresh = freshState(behaviour);
  const state: State = { ...fresh, ...envelope.state, organization: fresh.organization };
  if (!isDeepStrictEqual(withAllSwitches(state.started_with, behaviour), behaviour)) {
    return { ...state, started_with: behaviour, behaviour };
  }
  return { ...state, started_with: behaviour, behaviour: withAllSwitches(state.behaviour, behaviour) };
}

/** Returns the kept behaviour. Switches that an older version did not have take their values from `behaviour`. */
function withAllSwitches({ name, switches }: Behaviour, behaviour: Behaviour): Behaviour {
  return { name, switches: { ...behaviour.switches, ...switches } };
}

/** Replaces the file atomically, so that a reader or a crash sees the old text or the new one, never a part. */
export async function writeDataFile(path: string, state: State): Promise<void> {
  const envelope: Envelope = { qonto_sandbox_format: FORMAT, state };
  const next = `${path}.tmp`;
  await writeFile(next, JSON.stringify(envelope, mapToEntries), { mode: 0o600 });
  await rename(next, path);
}

function parse(text: string): Partial<Envelope> | null | undefined {
  try {
    return JSON.parse(text, entriesToMap) as Partial<Envelope> | null;
  } catch {
    return undefined;
  }
}

/** JSON has no maps. A map is written as `{"map": [[key, value], ...]}`. */
function mapToEntries(_key: string, value: unknown): unknown {
  return value instanceof Map ? { map: [...(value as Map<unknown, unknown>)] } : value;
}

function entriesToMap(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("map" in value) || !Array.isArray(value.map)) return value;
  return new Map(value.map as [unknown, unknown][]);
}
