const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Counts characters as JSON Schema and SQL do, by Unicode code point: an emoji is one. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

/**
 * Cuts a text between two characters that people see (grapheme clusters: a flag, a family or an accented letter stays
 * whole).
 *
 * @param most Unicode code points that are kept, `end` included.
 * @param end replaces the removed part; empty by default.
 * @returns the text itself if it is short enough. If the first character alone is longer than `most`, it is cut by code
 *   points.
 */
export function cutText(text: string, most: number, end = ""): string {
  if (text.length <= most || countCharacters(text) <= most) return text;
  const room = most - countCharacters(end);
  let kept = "";
  let count = 0;
  for (const { segment } of GRAPHEMES.segment(text)) {
    count += countCharacters(segment);
    if (count > room) break;
    kept += segment;
  }
  return `${kept === "" ? Array.from(text).slice(0, room).join("") : kept.trimEnd()}${end}`;
}
