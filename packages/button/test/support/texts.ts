import type { AllMessages } from "../../src/locales/button-messages.ts";
import { en as early } from "../../src/locales/button-messages.ts";
import { en as ofParts } from "../../src/parts/part-messages.ts";
import en from "../../src/locales/button/en.ts";
import de from "../../src/locales/button/de.ts";
import es from "../../src/locales/button/es.ts";
import fr from "../../src/locales/button/fr.ts";
import it from "../../src/locales/button/it.ts";
import nl from "../../src/locales/button/nl.ts";
import pt from "../../src/locales/button/pt.ts";

/** The texts of the button by language. English without the late texts, if they are not loaded, is not among them. */
export const TEXTS: Readonly<Record<string, AllMessages>> = {
  en: { ...early, ...en, ...ofParts },
  de,
  es,
  fr,
  it,
  nl,
  pt,
};

/** Returns an amount of 13.30, 14.00, ... euros in the form of a language. */
export function euros(value: number, lang: string): string {
  return new Intl.NumberFormat(lang === "pt" ? "pt-PT" : lang, { style: "currency", currency: "EUR" }).format(value);
}
