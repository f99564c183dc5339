import type { ReactiveController, ReactiveControllerHost } from "lit";
import { nearestLang } from "./nearest-lang.ts";

/** The texts of an element in several languages. */
export interface Languages<Texts> {
  /** By code, `en` at least: the others are added as they are loaded, for all elements of the page. */
  readonly loaded: Map<string, Texts>;
  readonly loaders: Readonly<Record<string, () => Promise<{ readonly default: Texts }>>>;
}

/** Has the texts of the language in force at the element, which is loaded when it is first needed. */
export class LanguageController<Texts> implements ReactiveController {
  /** Language of the texts. */
  code = "en";

  readonly #host: ReactiveControllerHost & Element;
  readonly #languages: Languages<Texts>;

  constructor(host: ReactiveControllerHost & Element, languages: Languages<Texts>) {
    this.#host = host;
    this.#languages = languages;
    host.addController(this);
  }

  /** English while the language is on its way, and where it can't be loaded. */
  get texts(): Texts {
    const { loaded } = this.#languages;
    return (loaded.get(this.code) ?? loaded.get("en")) as Texts;
  }

  get isLoading(): boolean {
    return !this.#languages.loaded.has(this.code);
  }

  hostUpdate(): void {
    const [wanted = ""] = nearestLang(this.#host).toLowerCase().split(/[-_]/);
    this.code = Object.hasOwn(this.#languages.loaders, wanted) ? wanted : "en";
    if (this.isLoading) void this.#load(this.code);
  }

  async #load(code: string): Promise<void> {
    const { loaded, loaders } = this.#languages;
    const english = this.texts;
    const texts = await loaders[code]?.().then(
      (language) => language.default,
      () => english,
    );
    loaded.set(code, texts ?? english);
    this.#host.requestUpdate();
  }
}
