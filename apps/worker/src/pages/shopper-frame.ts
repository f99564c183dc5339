import type { Frame } from "./layout.ts";
import type { Language } from "./texts/language.ts";

/** What stands around a page for shoppers. @param payee who is paid; null where that is not known. */
export function shopperFrame({ locale, texts }: Language, payee: string | null): Frame {
  return { lang: locale, brand: payee ?? texts.brand, sandbox: texts.sandbox };
}
