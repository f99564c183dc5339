import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Counts, folderOf, foldersOverLimit, lowerLimits } from "./limits.ts";
import { findLongCells } from "./long-cells.ts";
import { findLongTitles } from "./long-titles.ts";
import { type Finding, findMarkerWords } from "./marker-words.ts";
import { findVagueWords } from "./vague-words.ts";

/**
 * The part of `pnpm lint` that reads prose. It fails for marker words, vague words, long titles and long table cells
 * beyond the limits of `limits.json`, and for words that neither cspell's dictionaries nor `dictionary.txt` contain.
 *
 * With `--lower`, it lowers the limits to the present counts. With the path of another repository, it checks that one,
 * without limits.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const CSPELL = fileURLToPath(new URL("../node_modules/cspell/bin.mjs", import.meta.url));
const LIMITS = join(HERE, "limits.json");

/** Files with prose or code. */
const TEXTS = /\.(?:[cm]?[jt]sx?|vue|svelte|md|html|css|jsonc?|ya?ml|txt)$|^\.ci\/|\.env$/;
/** Generated files, texts by other authors, and the words of this check. */
const OTHERS = [
  /(?:^|\/)(?:pnpm-lock\.yaml|worker-configuration\.d\.ts)$/,
  /^packages\/button\/released\/|^tools\/contract\/(?:schemas|fixtures)\//,
  /^tools\/repo-checks\/words[/.]/,
];
/** The maximum number of findings that are printed for a folder. */
const MOST_PRINTED = 20;

/** A kind of finding, and the name of its limits. */
interface Check {
  readonly limits: string;
  readonly find: (path: string, text: string) => readonly Finding[];
}
const CHECKS: readonly Check[] = [
  { limits: "markerWords", find: (_path, text) => findMarkerWords(text) },
  { limits: "vagueWords", find: (path, text) => (path.endsWith(".md") ? findVagueWords(text) : []) },
  { limits: "longTitles", find: (path, text) => (path.endsWith(".md") ? findLongTitles(path, text) : []) },
  { limits: "longCells", find: (path, text) => (path.endsWith(".md") ? findLongCells(text) : []) },
];

const options = process.argv.slice(2);
const isLowering = options.includes("--lower");
const other = options.find((option) => option !== "--lower");
const repository = other ?? fileURLToPath(new URL("../../../", import.meta.url));
const files = listTexts();
const limits = (other === undefined ? JSON.parse(readFileSync(LIMITS, "utf8")) : {}) as Record<string, Counts>;

let isGood = true;
const lowered: Record<string, Counts> = {};
for (const check of CHECKS) {
  const found = findAll(check);
  const counts = Object.fromEntries([...found].map(([folder, findings]) => [folder, findings.length]));
  const allowed = limits[check.limits] ?? {};
  lowered[check.limits] = lowerLimits(counts, allowed);
  for (const folder of foldersOverLimit(counts, allowed)) {
    isGood = false;
    const findings = found.get(folder) ?? [];
    console.error(`${folder}: ${findings.length} ${check.limits}, at most ${allowed[folder] ?? 0} are allowed:`);
    console.error(findings.slice(0, MOST_PRINTED).join("\n"));
    if (findings.length > MOST_PRINTED) console.error(`  and ${findings.length - MOST_PRINTED} more`);
  }
}
if (isLowering) writeFileSync(LIMITS, `${JSON.stringify(lowered, null, 2)}\n`);
if (!isSpelledWell()) isGood = false;
process.exit(isGood ? 0 : 1);

/** Lists tracked files and new ones that are not ignored, the last changed first: their findings are printed first. */
function listTexts(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: repository,
    encoding: "utf8",
  });
  const paths = listed.split("\n").filter((path) => TEXTS.test(path) && !OTHERS.some((others) => others.test(path)));
  const changedAt = new Map(
    paths.map((path) => [path, statSync(join(repository, path), { throwIfNoEntry: false })?.mtimeMs]),
  );
  const existing = paths.filter((path) => changedAt.get(path) !== undefined);
  return existing.toSorted((a, b) => (changedAt.get(b) ?? 0) - (changedAt.get(a) ?? 0));
}

/** Returns the findings by folder, as lines. */
function findAll({ find }: Check): ReadonlyMap<string, readonly string[]> {
  const byFolder = new Map<string, string[]>();
  for (const path of files) {
    const findings = find(path, readFileSync(join(repository, path), "utf8"));
    if (findings.length === 0) continue;
    const lines = findings.map(({ line, problem }) => `  ${path}:${line} ${problem}`);
    const folder = folderOf(path);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), ...lines]);
  }
  return byFolder;
}

function isSpelledWell(): boolean {
  const args = ["lint", "--config", join(HERE, "cspell.json"), "--root", repository, "--dot"];
  const output = ["--no-progress", "--no-summary", "--file-list", "stdin"];
  const { status } = spawnSync(process.execPath, [CSPELL, ...args, ...output], {
    cwd: repository,
    input: files.map((path) => join(repository, path)).join("\n"),
    stdio: ["pipe", "inherit", "inherit"],
  });
  return status === 0;
}
