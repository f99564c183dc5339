import type { Locales } from "./locale-controller.ts";
import { en, type Messages } from "./button-messages.ts";

/** The texts in all languages. Languages other than English are loaded at first use, as are the late texts in English. */
export const BUTTON_LOCALES: Locales<Messages> = {
  loaded: new Map([["en", en]]),
  loaders: {
    en: () => import("./button/en.ts"),
    de: () => import("./button/de.ts"),
    es: () => import("./button/es.ts"),
    fr: () => import("./button/fr.ts"),
    it: () => import("./button/it.ts"),
    nl: () => import("./button/nl.ts"),
    pt: () => import("./button/pt.ts"),
  },
};
