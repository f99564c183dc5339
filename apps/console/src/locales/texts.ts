import type { en } from "./en.ts";

/** The texts of one language: the same keys in all, with the same parameters. */
export type Texts = { readonly [Key in keyof typeof en]: Text<(typeof en)[Key]> };

type Text<English> = English extends (...values: infer Values) => string
  ? (...values: Values) => string
  : English extends string
    ? string
    : { readonly [Key in keyof English]: Text<English[Key]> };
