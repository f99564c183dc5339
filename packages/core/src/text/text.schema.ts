import { z } from "zod";
import { countCharacters } from "./cut-text.ts";
import { isVisible, tidyLines, tidyText } from "./tidy-text.ts";

const NOTHING_TO_SEE = "must have a visible character";

/** A short text of 1 to `most` characters, tidied by `tidyText`. Characters are counted as in JSON Schema. */
export function textSchema(most: number): z.ZodString {
  return z
    .string()
    .overwrite(tidyText)
    .refine(isVisible, { error: NOTHING_TO_SEE, abort: true })
    .refine((text) => countCharacters(text) <= most, `must be ${most} characters at most`)
    .meta({ minLength: 1, maxLength: most });
}

/** A text of several lines, tidied by `tidyLines`, of `least` to `most` characters. */
export function linesSchema(least: number, most: number): z.ZodString {
  return z
    .string()
    .overwrite(tidyLines)
    .refine(isVisible, { error: NOTHING_TO_SEE, abort: true })
    .refine((text) => countCharacters(text) >= least, `must have ${least} characters or more`)
    .refine((text) => countCharacters(text) <= most, `must be ${most} characters at most`)
    .meta({ minLength: least, maxLength: most });
}

/** A text of Qonto's own contract, which documents no length, tidied by `tidyText`. */
export const shortTextSchema: z.ZodString = z
  .string()
  .overwrite(tidyText)
  .refine(isVisible, NOTHING_TO_SEE)
  .meta({ minLength: 1 });

/** An identifier of 1 to 64 printable ASCII characters. White space around it is removed. */
export const referenceSchema: z.ZodString = z
  .string()
  .overwrite(tidyText)
  .regex(/^[\x20-\x7e]{1,64}$/, "must be 1 to 64 printable ASCII characters");
