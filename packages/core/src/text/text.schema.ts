import * as z from "zod";
import { countCharacters } from "./cut-text.ts";
import { isVisible, tidyLines, tidyText } from "./tidy-text.ts";

const NOTHING_TO_SEE = "must have a visible character";

/** How much longer a text may be before it is tidied: pasted texts contain invisible characters. */
const RAW_PER_CHARACTER = 16;

/**
 * Returns the schema of a text whose length is checked before it is tidied. If it is much too long, no other check
 * runs.
 *
 * @param most the limit of the tidied text, in characters.
 * @param rule the message if the text is too long.
 */
export function rawTextSchema(most: number, rule = atMost(most)): z.ZodString {
  return z.string().max(most * RAW_PER_CHARACTER, { error: rule, abort: true });
}

function atMost(most: number): string {
  return `must be ${most} characters at most`;
}

/** A short text of 0 to `most` characters, tidied by `tidyText`. Characters are counted as in JSON Schema. */
export function optionalTextSchema(most: number): z.ZodString {
  return rawTextSchema(most)
    .overwrite(tidyText)
    .refine((text) => countCharacters(text) <= most, atMost(most))
    .meta({ maxLength: most });
}

/** A short text of 1 to `most` characters, tidied by `tidyText`. Characters are counted as in JSON Schema. */
export function textSchema(most: number): z.ZodString {
  return rawTextSchema(most)
    .overwrite(tidyText)
    .refine(isVisible, { error: NOTHING_TO_SEE, abort: true })
    .refine((text) => countCharacters(text) <= most, atMost(most))
    .meta({ minLength: 1, maxLength: most });
}

/** A text of several lines, tidied by `tidyLines`, of `least` to `most` characters. */
export function linesSchema(least: number, most: number): z.ZodString {
  return rawTextSchema(most)
    .overwrite(tidyLines)
    .refine(isVisible, { error: NOTHING_TO_SEE, abort: true })
    .refine((text) => countCharacters(text) >= least, `must have ${least} characters or more`)
    .refine((text) => countCharacters(text) <= most, atMost(most))
    .meta({ minLength: least, maxLength: most });
}

const MOST_OF_REFERENCE = 64;
const REFERENCE_RULE = `must be 1 to ${MOST_OF_REFERENCE} printable ASCII characters`;

/** An identifier of 1 to 64 printable ASCII characters. White space around it is removed. */
export const referenceSchema: z.ZodString = rawTextSchema(MOST_OF_REFERENCE, REFERENCE_RULE)
  .overwrite(tidyText)
  .regex(/^[\x20-\x7e]{1,64}$/, REFERENCE_RULE)
  .meta({ maxLength: MOST_OF_REFERENCE });
