import { cutText } from "../text/cut-text.ts";

/**
 * How many characters the title of a line may have at Qonto. Qonto documents no limit; integrators keep to 120 to 255
 * (field notes of 2026-11-29, 3.4).
 */
const MOST_CHARACTERS = 120;

/**
 * The title of a line with what stands before and after it. Where all of it is too long for Qonto, the title is cut
 * between two characters that people see; what stands around it stays whole.
 */
export function itemTitle(title: string, { before = "", after = "" }: { before?: string; after?: string }): string {
  return `${before}${cutText(title, MOST_CHARACTERS - before.length - after.length, "…")}${after}`;
}
