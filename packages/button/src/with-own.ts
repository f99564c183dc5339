import { isText } from "./is-text.ts";
import type { OwnMessages } from "./locales/button-messages.ts";

/** The texts with those of the page in their place. What is no text, as JSON may hold, replaces none. */
export function withOwn<Texts>(texts: Texts, own: OwnMessages | null | undefined): Texts {
  if (own == null) return texts;
  return { ...texts, ...Object.fromEntries(Object.entries(own).filter(([, text]) => isText(text))) };
}
