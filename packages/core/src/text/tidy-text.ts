/** Line breaks of every system, and tabs, as they are pasted from a table or an email. */
const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]/;

/**
 * Characters that are invisible and unintended: other control characters; zero-width spaces, word joiners, byte order marks
 * and soft hyphens; direction overrides and embeddings, which also affect the text after this one; noncharacters. Joiners,
 * direction marks and variation selectors stay: emoji, Persian and Hindi are written with them.
 */
const INVISIBLE =
  /(?![\t\n\v\f\r\u0085])\p{Cc}|[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;

/**
 * The first 30 combining marks in a row, and those after them. The Stream-Safe Text Format allows 30 (UAX #15, section 13):
 * no language needs more, and NFC takes time that grows with the square of their number.
 */
const MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

const HALF_SURROGATES = /\p{Surrogate}/gu;

/** White space and zero-width characters. A braille blank and the Hangul fillers look like white space, too. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu;

/**
 * Normalizes a short text. A line break or a tab, with the spaces around it, becomes one space. Control characters,
 * zero-width spaces, lone surrogates and more than 30 combining marks in a row are removed. The result is in Unicode's form
 * NFC and has no white space around it. Idempotent, and linear in the length of the text.
 */
export function tidyText(text: string): string {
  return (
    text
      .replaceAll(HALF_SURROGATES, "")
      .replaceAll(INVISIBLE, "")
      .replaceAll(/[\s\u0085]+/g, (space) => (BREAK.test(space) ? " " : space))
      .replaceAll(MANY_MARKS, "$1")
      .normalize("NFC")
      // NFC writes some marks as two.
      .replaceAll(MANY_MARKS, "$1")
      .trim()
  );
}

/** Normalizes each line of a text as `tidyText` does. Blank lines around the text are removed. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map(tidyText)
    .join("\n")
    .trim();
}

/** Returns whether a text has a visible character. A combining accent alone is one, zero-width characters are not. */
export function isVisible(text: string): boolean {
  return text.replaceAll(HALF_SURROGATES, "").replaceAll(BLANK, "") !== "";
}

/** Returns whether a text begins or ends with white space or a zero-width character. */
export function hasSpaceAround(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}]|[\s\p{Cf}\p{Cc}]$/u.test(text);
}
