import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `pnpm keep-release`: stores the built scripts as the release of the current version. Workers deployed afterwards
 * serve this release under its own address, so that pages that pin its hash keep working after later releases.
 * `--if-new` accepts a version that is already stored.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as { version: string };
const release = join(HERE, "released", version);
const isKept = existsSync(release);
if (isKept && process.argv.includes("--if-new")) {
  console.log(`Version ${version} is already stored.`);
} else if (isKept) {
  console.error(`Version ${version} is already released, and pages pin its hash. Raise the version first.`);
  process.exitCode = 1;
} else {
  cpSync(join(HERE, "dist/script"), release, { recursive: true });
  console.log(`Stored in packages/button/released/${version}. Commit it with the release.`);
}
