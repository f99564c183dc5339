import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Stores the origins of the command line, so that later starts allow them as well. @returns all of them. */
export function rememberOrigins(stateFolder: string, typed: readonly string[]): readonly string[] {
  const file = join(stateFolder, "origins.json");
  const all = [...new Set([...read(file), ...typed])];
  if (typed.length > 0) writeFileSync(file, JSON.stringify(all));
  return all;
}

function read(file: string): readonly string[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as readonly string[];
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
