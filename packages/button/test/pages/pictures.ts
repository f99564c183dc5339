import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import type { Locator } from "playwright-core";

const APPROVED = fileURLToPath(new URL("approved-pictures", import.meta.url));
const UNLIKE = fileURLToPath(new URL("../.reports/pictures", import.meta.url));
/** The edges of letters differ slightly between machines. */
const MOST_UNLIKE_SHARE = 0.005;

/**
 * Compares a screenshot of an element with the approved picture of this name. With `APPROVE_PICTURES=1`, the screenshot
 * becomes the approved picture: check it before you commit it.
 *
 * @throws Error if they differ or no approved picture exists. The screenshot is then in `.reports/pictures`.
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

/** Describes how a picture differs from the approved one. Undefined if it does not. */
function faultOf(approvedBytes: Buffer, seenBytes: Buffer): string | undefined {
  const [approved, seen] = [PNG.sync.read(approvedBytes), PNG.sync.read(seenBytes)];
  const { width, height } = approved;
  if (seen.width !== width || seen.height !== height) {
    return `is ${seen.width} x ${seen.height} px, approved at ${width} x ${height}`;
  }
  const unlike = pixelmatch(approved.data, seen.data, undefined, width, height, { threshold: 0.2 });
  return unlike > width * height * MOST_UNLIKE_SHARE
    ? `differs from the approved picture in ${unlike} pixels`
    : undefined;
}

async function write(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
