import { cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `pnpm keep-release`: keeps what was built as the release of its version. Every Worker that is deployed from here on
 * serves it under its own address, so that pages which name its hash go on working after the next release.
 * `--if-new` accepts a version that is kept already.
 */

const HERE = fileURLToPath(new URL(".", import.meta.url));
const { version } = JSON.parse(readFileSync(join(HERE, "package.json"), "utf8")) as { version: string };
const release = join(HERE, "released", version);
const isKept = existsSync(release);
if (isKept && process.argv.includes("--if-new")) {
  console.log(`Version ${version} is kept already.`);
} else if (isKept) {
  console.error(`Version ${version} is released already, and pages have its hash: raise the version first.`);
  process.exitCode = 1;
} else {
  cpSync(join(HERE, "dist/script"), release, { recursive: true });
  console.log(`Kept in packages/button/released/${version}: commit it with the release.`);
}
