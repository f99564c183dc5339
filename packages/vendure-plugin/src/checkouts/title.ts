/** Unicode code points, as the Worker counts them. */
const LONGEST_TITLE = 120;

/** Invisible characters: white space, control and format characters, lone surrogates, a braille blank. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Control}\p{Surrogate}\u2800]/gu;

const CHARACTERS = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Returns a title with a visible character, or `otherwise` if the shop has none. */
export function visibleTitle(title: string, otherwise: string): string {
  return title.replaceAll(BLANK, "") === "" ? otherwise : title.trim();
}

/**
 * Cuts a title to the limit of a checkout's line, between two grapheme clusters: a flag, a family or an accented letter
 * stays whole. One character that is longer than a title by itself is cut by code points.
 */
export function cutTitle(title: string): string {
  let kept = "";
  let length = 0;
  for (const { segment } of CHARACTERS.segment(title)) {
    length += Array.from(segment).length;
    if (length > LONGEST_TITLE) break;
    kept += segment;
  }
  return kept.trimEnd() || Array.from(title).slice(0, LONGEST_TITLE).join("");
}
