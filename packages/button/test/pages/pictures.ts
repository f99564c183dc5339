import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import type { Locator } from "playwright-core";

const APPROVED = fileURLToPath(new URL("approved-pictures", import.meta.url));
const UNLIKE = fileURLToPath(new URL("../.reports/pictures", import.meta.url));
/** Edges of letters differ by a shade from one machine to another. */
const MOST_UNLIKE_SHARE = 0.005;

/**
 * Compares what is seen of an element to the approved picture of this name. With `APPROVE_PICTURES=1` what is seen becomes
 * the approved one: look at it before you commit it.
 *
 * @throws Error where it is unlike it, or has no approved one; what was seen is then in `.reports/pictures`.
 */
export async function expectApproved(name: string, element: Locator, masked: Locator): Promise<void> {
  const seen = await element.screenshot({ animations: "disabled", mask: [masked], maskColor: "#888" });
  const path = join(APPROVED, `${name}.png`);
  if (process.env["APPROVE_PICTURES"] === "1") return write(path, seen);
  const approved = await readFile(path).catch(() => null);
  const fault = approved === null ? "has no approved picture" : faultOf(approved, seen);
  if (fault === undefined) return;
  const kept = join(UNLIKE, `${name}.png`);
  await write(kept, seen);
  throw new Error(`${name} ${fault}; see ${kept}`);
}

/** What is wrong with a picture; undefined where it is like the approved one. */
function faultOf(approvedBytes: Buffer, seenBytes: Buffer): string | undefined {
  const [approved, seen] = [PNG.sync.read(approvedBytes), PNG.sync.read(seenBytes)];
  const { width, height } = approved;
  if (seen.width !== width || seen.height !== height) {
    return `is ${seen.width} x ${seen.height} px, approved at ${width} x ${height}`;
  }
  const unlike = pixelmatch(approved.data, seen.data, undefined, width, height, { threshold: 0.2 });
  return unlike > width * height * MOST_UNLIKE_SHARE ? `is unlike the approved picture in ${unlike} pixels` : undefined;
}

async function write(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
