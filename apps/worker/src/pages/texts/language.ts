import { de } from "./de.ts";
import { en } from "./en.ts";
import { es } from "./es.ts";
import { fr } from "./fr.ts";
import { it } from "./it.ts";
import { nl } from "./nl.ts";
import { pt } from "./pt.ts";
import type { Texts } from "./texts.ts";

/** Those of Qonto's markets. */
const LANGUAGES: Readonly<Record<string, Texts>> = { de, en, es, fr, it, nl, pt };

/** The language that a page is written in. */
export interface Language {
  /** As the browser wants it, with its region where it names one: amounts are written by it. */
  readonly locale: string;
  readonly texts: Texts;
}

const ENGLISH: Language = { locale: "en", texts: en };

/** Nobody reads more languages than these. */
const MOST = 20;

/** The first language of an `Accept-Language` that we speak, by its weights; English where there is none. */
export function languageOf(accepted: string | null): Language {
  const wanted = (accepted ?? "")
    .split(",", MOST)
    .map((part) => {
      const [, locale = "", weight = "1"] =
        /^\s*([a-z]{2}(?:-[a-z0-9]{2,8})*)\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*$/i.exec(part) ?? [];
      return { locale, weight: Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { locale } of wanted) {
    const name = locale.slice(0, 2).toLowerCase();
    const texts = Object.hasOwn(LANGUAGES, name) ? LANGUAGES[name] : undefined;
    if (texts !== undefined) return { locale, texts };
  }
  return ENGLISH;
}

/** A VAT rate as people of a locale write it: "5,5 %" in "fr". @param rate percentage as a decimal string. */
export function formatRate(rate: string, { locale }: Language): string {
  // Written, never reckoned with.
  return new Intl.NumberFormat([locale, "en"], { style: "percent", maximumFractionDigits: 2 }).format(
    Number(rate) / 100,
  );
}
