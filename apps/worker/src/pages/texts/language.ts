import type { PageLanguage } from "@qonto-pay/core/api";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { nl } from "./nl.ts";
import { pt } from "./pt.ts";
import type { Texts } from "./texts.ts";

const LANGUAGES: Readonly<Record<PageLanguage, Texts>> = { de, en, es, fr, it, nl, pt };

/** The language of a page. */
export interface Language {
  /** The browser's locale, with its region if it names one. It formats the amounts. */
  readonly locale: string;
  readonly texts: Texts;
}

const ENGLISH: Language = { locale: "en", texts: en };

/** No browser sends more languages than these. */
const MOST = 20;
const MOST_CHARACTERS = 1_000;

/** Returns the first supported language of an `Accept-Language` by weight, or English. */
export function languageOf(accepted: string | null): Language {
  const wanted = (accepted ?? "")
    .slice(0, MOST_CHARACTERS)
    .split(",", MOST)
    .map((part) => {
      const [locale = "", weight = "q=1"] = part.split(";").map((word) => word.trim());
      return { locale, weight: Number(/^q=([01](?:\.\d{0,3})?)$/i.exec(weight)?.[1] ?? 0) };
    })
    .filter(({ locale, weight }) => weight > 0 && isLocale(locale))
    .toSorted((a, b) => b.weight - a.weight);
  for (const { locale } of wanted) {
    const name = locale.slice(0, 2).toLowerCase();
    const texts = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name as PageLanguage] : undefined;
    if (texts !== undefined) return { locale, texts };
  }
  return ENGLISH;
}

/** Whether `Intl` accepts the locale, which formats amounts. A malformed one (`en-12`) does not count. */
function isLocale(text: string): boolean {
  try {
    return new Intl.Locale(text).language.length === 2;
  } catch {
    return false;
  }
}

/** Returns a VAT rate in the format of a locale: "5,5 %" in "fr". @param rate percentage as a decimal string. */
export function formatRate(rate: string, { locale }: Language): string {
  // Formatted, never used in a calculation.
  return new Intl.NumberFormat([locale, "en"], { style: "percent", maximumFractionDigits: 2 }).format(
    Number(rate) / 100,
  );
}
