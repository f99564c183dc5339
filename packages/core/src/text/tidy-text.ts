/** Line breaks of every system, and tabs: what somebody pastes with a cell of a table or a line of a mail. */
const BREAK = /[\t\n\v\f\r\u0085\u2028\u2029]/;

/**
 * What nobody sees and nobody means: other control characters; zero-width spaces, word joiners, byte order marks and soft
 * hyphens; the characters that turn the direction of what follows them, also of the text of others; characters that
 * Unicode has assigned to nothing. Joiners, direction marks and variation selectors stay: emoji, Persian and Hindi are
 * written with them.
 */
const INVISIBLE =
  /(?![\t\n\v\f\r\u0085])\p{Cc}|[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;

const HALF_SURROGATES = /\p{Surrogate}/gu;

/** White space and what has no width at all. A braille blank and the Hangul fillers look like white space, too. */
const BLANK = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]/gu;

/**
 * Returns a short text as people mean it: a line break or a tab is one space, with the spaces around it; control
 * characters, zero-width spaces and halves of characters are removed; it is in Unicode's form NFC, and has no white space
 * around it. The same for a text that was tidied before.
 */
export function tidyText(text: string): string {
  return text
    .replaceAll(HALF_SURROGATES, "")
    .replaceAll(INVISIBLE, "")
    .replaceAll(/[\s\u0085]+/g, (space) => (BREAK.test(space) ? " " : space))
    .normalize("NFC")
    .trim();
}

/** The same for a text of several lines, each tidied by itself. Blank lines around the text are removed. */
export function tidyLines(text: string): string {
  return text
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .map(tidyText)
    .join("\n")
    .trim();
}

/** Whether a text has a character that people can see. A combining accent alone is one, zero-width characters are not. */
export function isVisible(text: string): boolean {
  return text.replaceAll(HALF_SURROGATES, "").replaceAll(BLANK, "") !== "";
}

/** Whether white space, or a character without a width, stands before or after a text. */
export function hasSpaceAround(text: string): boolean {
  return /^[\s\p{Cf}\p{Cc}]|[\s\p{Cf}\p{Cc}]$/u.test(text);
}
