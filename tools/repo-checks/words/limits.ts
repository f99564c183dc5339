/** Number of findings in each folder, for the folders that have any. */
export type Counts = Readonly<Record<string, number>>;

/** Returns the folder that a file is counted in: its package, or the part of the repository without packages. */
export function folderOf(path: string): string {
  const [first = "", second = "", ...rest] = path.split("/");
  if (second === "") return ".";
  return rest.length > 0 && !first.startsWith(".") ? `${first}/${second}` : first;
}

/** Returns the folders with more findings than their limit allows; without a limit, none are allowed. */
export function foldersOverLimit(counts: Counts, limits: Counts): readonly string[] {
  return Object.keys(counts).filter((folder) => (counts[folder] ?? 0) > (limits[folder] ?? 0));
}

/** Lowers the limits to the present counts. A limit is never raised, and a limit of 0 is left out. */
export function lowerLimits(counts: Counts, limits: Counts): Counts {
  const lowered = Object.entries(limits).map(
    ([folder, limit]) => [folder, Math.min(limit, counts[folder] ?? 0)] as const,
  );
  return Object.fromEntries(lowered.filter(([, limit]) => limit > 0));
}
