import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "./run-jobs.ts";

/** Each folder in one of these is a package, and so is its `test` folder. */
const PARENTS = ["packages", "apps", "tools", "extended"];

export interface Suite extends Job {
  /** The file with its report. */
  readonly report: string;
}

/**
 * Returns the scripts of all packages that belong to a profile, each with the report that it writes.
 *
 * @param scripts pattern of their names.
 */
export function findSuites(repository: string, scripts: RegExp): readonly Suite[] {
  return PARENTS.flatMap((parent) =>
    readdirSync(join(repository, parent)).flatMap((entry) => {
      const folder = join(repository, parent, entry);
      return [folder, join(folder, "test")].flatMap((place) => suitesIn(place, scripts));
    }),
  );
}

function suitesIn(folder: string, wanted: RegExp): readonly Suite[] {
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return [];
  const { name, scripts = {} } = JSON.parse(readFileSync(manifest, "utf8")) as {
    name: string;
    scripts?: Record<string, string>;
  };
  return Object.entries(scripts)
    .filter(([script]) => wanted.test(script))
    .map(([script, text]) => {
      const [, report = ".reports/wtr.json"] = /--outputFile\.json=(\S+)/.exec(text) ?? [];
      const command: Job["command"] = ["pnpm", "run", "--silent", script];
      return { name: `${name} ${script}`, command, folder, report: join(folder, report) };
    });
}
