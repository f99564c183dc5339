const GRAPHEMES = new Intl.Segmenter("en", { granularity: "grapheme" });

/** How many characters a text has as JSON Schema and SQL count them, by Unicode code point: an emoji is one. */
export function countCharacters(text: string): number {
  return Array.from(text).length;
}

/**
 * Cuts a text between two characters that people see (grapheme clusters: a flag, a family or an accented letter stays
 * whole).
 *
 * @param most how many Unicode code points may be left, `end` included.
 * @param end stands in the place of what was cut; nothing where not given.
 * @returns the text itself where it is short enough. A first character that is longer than `most` by itself is cut by
 *   code points.
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
