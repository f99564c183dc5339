import type { Locales } from "./locale-controller.ts";
import { en, type StatusMessages } from "./status-messages.ts";

/** The texts in all languages. Languages other than English are loaded at first use. */
export const STATUS_LOCALES: Locales<StatusMessages> = {
  loaded: new Map([["en", en]]),
  loaders: {
    de: () => import("./status/de.ts"),
    es: () => import("./status/es.ts"),
    fr: () => import("./status/fr.ts"),
    it: () => import("./status/it.ts"),
    nl: () => import("./status/nl.ts"),
    pt: () => import("./status/pt.ts"),
  },
};
