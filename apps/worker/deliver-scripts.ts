import { createHash } from "node:crypto";
import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** Folder of what the scripts load when they need it. Its files are named by their content. */
const CHUNKS = "qonto-pay-chunks";

/** A file as a page can pin it. */
interface Pinned {
  /** The path at the Worker's address. */
  readonly url: string;
  /** For the attribute `integrity` of a script tag. */
  readonly integrity: string;
}

/** The content of `/{script}.json`. */
export interface DeliveredScript extends Pinned {
  readonly version: string;
  readonly chunks: readonly Pinned[];
}

export interface Delivery {
  /** Folder that the button's build wrote. */
  readonly built: string;
  /** Folder with a folder for each kept release: see `packages/button/keep-release.ts`. It may be absent. */
  readonly released: string;
  /** Of what was built. */
  readonly version: string;
  /** Folder that is served. */
  readonly assets: string;
}

/**
 * Gives every script two addresses: one that always serves the current release, and one of its version, whose content
 * never changes. The built version is served while it is the newest one; a kept release is served permanently.
 *
 * A page may still run the script of the previous deployment, so the chunks of all releases are also served beside the
 * first address. Their names are derived from their content, so they can't be mixed up.
 */
export function deliverScripts({ built, released, version, assets }: Delivery): readonly DeliveredScript[] {
  const kept = existsSync(released) ? readdirSync(released) : [];
  for (const release of kept) cpSync(join(released, release), join(assets, "qonto-pay-button", release), COPY);
  // Pages have the hash of the released file, so a release is never replaced by a new build of the same version.
  if (!kept.includes(version)) cpSync(built, join(assets, "qonto-pay-button", version), COPY);
  for (const folder of [...kept.map((release) => join(released, release)), built]) {
    if (existsSync(join(folder, CHUNKS))) cpSync(join(folder, CHUNKS), join(assets, CHUNKS), COPY);
  }
  const scripts = scriptsIn(built).map((file) => {
    cpSync(join(built, file), join(assets, file));
    return { name: basename(file, ".js"), ...describeScript(file, version, assets) };
  });
  for (const { name, ...described } of scripts) {
    writeFileSync(join(assets, `${name}.json`), `${JSON.stringify(described, null, 1)}\n`);
  }
  return scripts;
}

const COPY = { recursive: true } as const;

function describeScript(file: string, version: string, assets: string): DeliveredScript {
  const folder = `/qonto-pay-button/${version}`;
  const chunks = chunksOf(join(assets, folder), file);
  return {
    version,
    ...pin(`${folder}/${file}`, assets),
    chunks: chunks.map((chunk) => pin(`${folder}/${CHUNKS}/${chunk}`, assets)),
  };
}

/** What a script may load, directly or through a chunk. They name each other by their file names. */
function chunksOf(folder: string, script: string): readonly string[] {
  const chunks = existsSync(join(folder, CHUNKS)) ? scriptsIn(join(folder, CHUNKS)) : [];
  const named = new Set<string>();
  const read = (path: string) => {
    const text = readFileSync(join(folder, path), "utf8");
    for (const chunk of chunks) {
      if (named.has(chunk) || !text.includes(`/${chunk}`)) continue;
      named.add(chunk);
      read(join(CHUNKS, chunk));
    }
  };
  read(script);
  return chunks.filter((chunk) => named.has(chunk));
}

function pin(url: string, assets: string): Pinned {
  const digest = createHash("sha384").update(readFileSync(join(assets, url)));
  return { url, integrity: `sha384-${digest.digest("base64")}` };
}

function scriptsIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".js"));
}
