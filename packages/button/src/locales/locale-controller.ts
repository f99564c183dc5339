import type { ReactiveController, ReactiveControllerHost } from "lit";
import { isText } from "../api/untrusted-json.ts";
import type { OwnMessages } from "./button-messages.ts";

/** The texts of an element in several languages. */
export interface Locales<Texts> {
  /** By code, `en` at least: the others are added as they are loaded, for all elements of the page. */
  readonly loaded: Map<string, Texts>;
  readonly loaders: Readonly<Record<string, () => Promise<{ readonly default: Texts }>>>;
}

/** Has the texts of the language in force at the element, which is loaded when it is first needed. */
export class LocaleController<Texts> implements ReactiveController {
  /** The language in force, where there are texts of it. */
  #wanted = "en";
  /** What could not be loaded since the element came into the page. */
  #missed = "";
  readonly #host: ReactiveControllerHost & Element;
  readonly #languages: Locales<Texts>;

  constructor(host: ReactiveControllerHost & Element, languages: Locales<Texts>) {
    this.#host = host;
    this.#languages = languages;
    host.addController(this);
  }

  /** Language of the texts: English while that in force is on its way, and where it can't be loaded. */
  get code(): string {
    return this.#languages.loaded.has(this.#wanted) ? this.#wanted : "en";
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
    const [wanted = ""] = nearestLang(this.#host).toLowerCase().split(/[-_]/);
    this.#wanted = Object.hasOwn(this.#languages.loaders, wanted) ? wanted : "en";
    if (this.isLoading) void this.#load(this.#wanted);
  }

  async #load(code: string): Promise<void> {
    const { loaded, loaders } = this.#languages;
    try {
      loaded.set(code, (await loaders[code]?.())?.default as Texts);
    } catch {
      this.#missed = code;
    }
    this.#host.requestUpdate();
  }
}

/** The language in force at an element: the nearest `lang` attribute, through shadow roots, else the browser's own. */
export function nearestLang(element: Element): string {
  const found = element.closest("[lang]");
  if (found !== null) return found.getAttribute("lang") ?? "";
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? nearestLang(root.host) : navigator.language;
}

/** The texts with those of the page in their place. What is no text, as JSON may hold, replaces none. */
export function overrideMessages<Texts>(texts: Texts, own: OwnMessages | null | undefined): Texts {
  if (own == null) return texts;
  return { ...texts, ...Object.fromEntries(Object.entries(own).filter(([, text]) => isText(text))) };
}
