import { cutText } from "../../text/cut-text.ts";

/**
 * The maximum number of characters in the title of a line at Qonto. Qonto documents no limit; integrators keep to 120 to 255 (field
 * notes of 2026-11-29, 3.4).
 */
const MOST_CHARACTERS = 120;

/**
 * Returns the title of a line with the texts before and after it. If the whole is too long for Qonto, the title is cut
 * between two grapheme clusters; the texts around it stay whole.
 */
export function itemTitle(title: string, { before = "", after = "" }: { before?: string; after?: string }): string {
  return `${before}${cutText(title, MOST_CHARACTERS - before.length - after.length, "…")}${after}`;
}
