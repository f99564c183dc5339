import type { Languages } from "./language-controller.ts";
import { en, type StatusMessages } from "./status-messages.ts";

/** The texts in all languages; those other than English are loaded when they are first needed. */
export const STATUS_LANGUAGES: Languages<StatusMessages> = {
  loaded: new Map([["en", en]]),
  loaders: {
    de: () => import("./status-languages/de.ts"),
    es: () => import("./status-languages/es.ts"),
    fr: () => import("./status-languages/fr.ts"),
    it: () => import("./status-languages/it.ts"),
    nl: () => import("./status-languages/nl.ts"),
    pt: () => import("./status-languages/pt.ts"),
  },
};
