import type { Languages } from "./language-controller.ts";
import { en, type Messages } from "./messages.ts";

/** The texts in all languages; those other than English are loaded when they are first needed. */
export const LANGUAGES: Languages<Messages> = {
  loaded: new Map([["en", en]]),
  loaders: {
    de: () => import("./languages/de.ts"),
    es: () => import("./languages/es.ts"),
    fr: () => import("./languages/fr.ts"),
    it: () => import("./languages/it.ts"),
    nl: () => import("./languages/nl.ts"),
    pt: () => import("./languages/pt.ts"),
  },
};
