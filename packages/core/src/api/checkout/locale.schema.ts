import * as z from "zod";
import { PAGE_LANGUAGES, type PageLanguage } from "./locale.ts";

const RULE = `must be a locale of one of the languages ${PAGE_LANGUAGES.join(", ")}, such as de or de-AT`;

/** Strict: a BCP 47 locale in one of the languages of the pages. `de_AT`, as PHP and Java write it, becomes `de-AT`. */
export const localeSchema = z.string().max(35, { abort: true }).overwrite(canonicalLocale).refine(isOfPages, RULE);

/** Returns `de-AT` for `DE_at`, and any text that is not a locale unchanged. */
function canonicalLocale(text: string): string {
  try {
    return new Intl.Locale(text.replaceAll("_", "-")).toString();
  } catch {
    return text;
  }
}

function isOfPages(text: string): boolean {
  try {
    return PAGE_LANGUAGES.includes(new Intl.Locale(text).language as PageLanguage);
  } catch {
    return false;
  }
}
