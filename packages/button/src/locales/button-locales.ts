import type { Locales } from "./locale-controller.ts";
import { en, type Messages } from "./button-messages.ts";

/** The texts in all languages; those other than English are loaded when they are first needed. */
export const BUTTON_LOCALES: Locales<Messages> = {
  loaded: new Map([["en", en]]),
  loaders: {
    de: () => import("./button/de.ts"),
    es: () => import("./button/es.ts"),
    fr: () => import("./button/fr.ts"),
    it: () => import("./button/it.ts"),
    nl: () => import("./button/nl.ts"),
    pt: () => import("./button/pt.ts"),
  },
};
