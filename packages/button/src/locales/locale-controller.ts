import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isText } from "../api/untrusted-json.ts";
import type { OwnMessages } from "./button-messages.ts";

/** The texts of an element in several languages. */
export interface Locales<Texts> {
  /** By language code. `en` is always present. Loaded languages are added for all elements of the page. */
  readonly loaded: Map<string, Texts>;
  /** The loader of `en`, if any, loads the texts that are not in `loaded` from the start. */
  readonly loaders: Readonly<Record<string, () => Promise<{ readonly default: Partial<Texts> }>>>;
}

/** Provides the texts in the language of an element, and loads them at first use. */
export class LocaleController<Texts> implements ReactiveController {
  /** The locale that the page states for the element. Empty if there is none. */
  stated = "";
  /** The language of the element if it is supported, else `en`. */
  #wanted = "en";
  /** The language that failed to load since the element was connected. */
  #missed = "";
  readonly #host: ReactiveControllerHost & Element;
  readonly #languages: Locales<Texts>;

  constructor(host: ReactiveControllerHost & Element, languages: Locales<Texts>) {
    this.#host = host;
    this.#languages = languages;
    host.addController(this);
  }

  /** Language of the texts: English while the element's language is loading, and if it can't be loaded. */
  get code(): string {
    return this.#languages.loaded.has(this.#wanted) ? this.#wanted : "en";
  }

  /** Locale of the amounts, in the language of the texts: the stated one, or English if the texts are. */
  get locale(): string {
    return this.isLoading || this.stated.startsWith(this.code) ? this.stated : "en";
  }

  get texts(): Texts {
    return this.#languages.loaded.get(this.code) as Texts;
  }

  get isLoading(): boolean {
    return this.code !== this.#wanted && this.#missed !== this.#wanted;
  }

  hostConnected(): void {
    this.#missed = "";
  }

  hostUpdate(): void {
    const text = nearestLang(this.#host);
    this.stated = locales.get(text) ?? localeIn(text);
    const [wanted = ""] = this.stated.split("-");
    this.#wanted = Object.hasOwn(this.#languages.loaders, wanted) ? wanted : "en";
    if (this.isLoading) void this.load();
  }

  /** Loads all texts in the language of the element. Resolves when they are loaded, or can't be. */
  async load(): Promise<void> {
    const code = this.isLoading ? this.#wanted : this.code;
    const { loaded, loaders } = this.#languages;
    try {
      loaded.set(code, { ...loaded.get(code), ...(await loaders[code]?.())?.default } as Texts);
    } catch {
      this.#missed = code;
    }
    this.#host.requestUpdate();
  }
}

/** The locales of the page by their text: most elements have the same one. */
const locales = new Map<string, string>();

/**
 * Returns the locale in a text as pages write it, as a BCP 47 tag: `de-DE` for `de_DE`, `fr-FR` for `fr_FR.UTF-8`,
 * `pt-PT` for `pt_PT_ao90`. Empty if there is none, as in `C`.
 */
function localeIn(text: string): string {
  let tag = text.replace(/[.@].*/, "").replaceAll("_", "-");
  while (tag !== "") {
    try {
      [tag = ""] = Intl.getCanonicalLocales(tag);
      break;
    } catch {
      tag = tag.replace(/-?[^-]*$/, "");
    }
  }
  locales.set(text, tag);
  return tag;
}

/** Returns the language of an element: the nearest `lang` attribute, through shadow roots, or that of the browser. */
function nearestLang(element: Element): string {
  const found = element.closest("[lang]");
  if (found !== null) return found.getAttribute("lang") ?? "";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : navigator.language;
}

/** Returns the texts with replacements by the page. Replacements that are not strings are ignored. */
export function overrideMessages<Texts>(texts: Texts, own: OwnMessages | null | undefined): Texts {
  if (own == null) return texts;
  return { ...texts, ...Object.fromEntries(Object.entries(own).filter(([, text]) => isText(text))) };
}
