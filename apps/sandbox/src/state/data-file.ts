import { readFile, rename, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import { freshState } from "./fresh-state.ts";
import type { State } from "./state.ts";

/** Goes up when an older file can no longer be read. */
const FORMAT = 1;

interface Envelope {
  readonly qonto_sandbox_format: number;
  readonly state: Partial<State>;
}

/**
 * The state in the file, or undefined when there is no such file. A behaviour that was changed at run time is kept until
 * the sandbox starts with another one.
 *
 * @throws Error naming the file when it is not one that this version wrote.
 */
export async function readDataFile(path: string, behaviour: Behaviour): Promise<State | undefined> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const envelope = parse(text);
  if (envelope?.qonto_sandbox_format !== FORMAT) {
    throw new Error(`${path} is not a data file of this sandbox: remove it, or name another with --data.`);
  }
  // What an older version did not keep yet is as in a fresh sandbox; so is the organization, which nothing changes.
  const fresh = freshState(behaviour);
  const state: State = { ...fresh, ...envelope.state, organization: fresh.organization };
  if (!isDeepStrictEqual(withAllSwitches(state.started_with, behaviour), behaviour)) {
    return { ...state, started_with: behaviour, behaviour };
  }
  return { ...state, started_with: behaviour, behaviour: withAllSwitches(state.behaviour, behaviour) };
}

/** `kept`, with the switches that an older version did not have as they are in `behaviour`. */
function withAllSwitches({ name, switches }: Behaviour, behaviour: Behaviour): Behaviour {
  return { name, switches: { ...behaviour.switches, ...switches } };
}

/** Replaces the file as a whole, so that a reader or a crash meets the old text or the new one, never a part. */
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

/** JSON has no maps: one is written as `{"map": [[key, value], ...]}`. */
function mapToEntries(_key: string, value: unknown): unknown {
  return value instanceof Map ? { map: [...(value as Map<unknown, unknown>)] } : value;
}

function entriesToMap(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("map" in value) || !Array.isArray(value.map)) return value;
  return new Map(value.map as [unknown, unknown][]);
}
