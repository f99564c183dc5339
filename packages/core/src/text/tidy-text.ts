/** Line breaks of every system, and tabs, as they are pasted from a table or an email. */
const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]/;

/**
 * Characters that are invisible and unintended: other control characters; zero-width spaces, word joiners, byte order marks
 * and soft hyphens; direction overrides and embeddings, which also affect the text after this one; noncharacters. Joiners,
 * direction marks and variation selectors stay: emoji, Persian and Hindi are written with them.
 */
const INVISIBLE =
  /(?![\t\n\v\f\r\u0085])\p{Cc}|[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;

const HALF_SURROGATES = /\p{Surrogate}/gu;

/** White space and zero-width characters. A braille blank and the Hangul fillers look like white space, too. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu;

/**
 * Normalizes a short text. A line break or a tab, with the spaces around it, becomes one space. Control characters,
 * zero-width spaces and lone surrogates are removed. The result is in Unicode's form NFC and has no white space around it.
 * Idempotent.
 */
export function tidyText(text: string): string {
  return text
    .replaceAll(HALF_SURROGATES, "")
    .replaceAll(INVISIBLE, "")
    .replaceAll(/[\s\u0085]+/g, (space) => (BREAK.test(space) ? " " : space))
    .normalize("NFC")
    .trim();
}

/** Normalizes each line of a text as `tidyText` does. Blank lines around the text are removed. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map(tidyText)
    .join("\n")
    .trim();
}

/** Whether a text has a visible character. A combining accent alone is one, zero-width characters are not. */
export function isVisible(text: string): boolean {
  return text.replaceAll(HALF_SURROGATES, "").replaceAll(BLANK, "") !== "";
}

/** Whether a text begins or ends with white space or a zero-width character. */
export function hasSpaceAround(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}]|[\s\p{Cf}\p{Cc}]$/u.test(text);
}
