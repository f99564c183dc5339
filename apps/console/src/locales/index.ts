import type { Texts } from "./texts.ts";

/** The languages of the console, each with its own name. */
// cspell:disable-next-line
export const LANGUAGES = { en: "English", fr: "Français", de: "Deutsch", es: "Español", it: "Italiano" } as const;
export type Language = keyof typeof LANGUAGES;

/** The texts of each language are loaded at first use. So are the texts of Web Awesome's components. */
const LOADERS: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import("./en.ts")).en,
  fr: async () => {
    await import("@awesome.me/webawesome/dist/translations/fr.js");
    return (await import("./fr.ts")).fr;
  },
  de: async () => {
    await import("@awesome.me/webawesome/dist/translations/de.js");
    return (await import("./de.ts")).de;
  },
  es: async () => {
    await import("@awesome.me/webawesome/dist/translations/es.js");
    return (await import("./es.ts")).es;
  },
  it: async () => {
    await import("@awesome.me/webawesome/dist/translations/it.js");
    return (await import("./it.ts")).it;
  },
};

const CHOICE = "qonto-pay-console-language";
const listeners = new Set<() => void>();
let current: { readonly language: Language; readonly texts: Texts } | undefined;

/** Returns the texts in the language of the user. */
export function texts(): Texts {
  if (current === undefined) throw new Error("The texts are not loaded yet.");
  return current.texts;
}

export function language(): Language {
  return current?.language ?? "en";
}

/** Loads the texts in the language that was chosen earlier, else in the first known one of the browser. */
export async function loadTexts(): Promise<void> {
  const wanted = [localStorage.getItem(CHOICE) ?? "", ...navigator.languages];
  await show(wanted.map((locale) => locale.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en");
}

/** Changes the language of all pages, and remembers it in this browser. */
export async function chooseLanguage(chosen: string): Promise<void> {
  if (!isLanguage(chosen)) return;
  await show(chosen);
  localStorage.setItem(CHOICE, chosen);
}

/** Calls back after each change of the language. Returns the function that ends this. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function show(chosen: Language): Promise<void> {
  current = { language: chosen, texts: await LOADERS[chosen]() };
  document.documentElement.lang = chosen;
  for (const listener of listeners) listener();
}

function isLanguage(text: string): text is Language {
  return text in LANGUAGES;
}
