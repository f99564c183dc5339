import type { Frame } from "./layout.ts";
import type { Language } from "./texts/language.ts";

/** Returns the header of a page for shoppers. @param payee null if the name is unknown. */
export function shopperFrame({ locale, texts }: Language, payee: string | null): Frame {
  return { lang: locale, brand: payee ?? texts.brand, sandbox: texts.sandbox };
}
