import type { ReactiveController, ReactiveControllerHost } from "lit";
import { en, type Language, type Messages } from "./messages.ts";
import { nearestLang } from "./nearest-lang.ts";

const LOADERS: Readonly<Record<string, () => Promise<{ readonly default: Language }>>> = {
  de: () => import("./languages/de.ts"),
  es: () => import("./languages/es.ts"),
  fr: () => import("./languages/fr.ts"),
  it: () => import("./languages/it.ts"),
  nl: () => import("./languages/nl.ts"),
  pt: () => import("./languages/pt.ts"),
};

/** What is loaded, for all buttons of the page. English stands in for a language that can't be. */
const loaded = new Map<string, Messages>([["en", en]]);

/** Has the texts of the language in force at the element, which is loaded when it is first needed. */
export class LanguageController implements ReactiveController {
  /** Language of the texts. */
  code = "en";

  readonly #host: ReactiveControllerHost & Element;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  /** English while the language is on its way. */
  get messages(): Messages {
    return loaded.get(this.code) ?? en;
  }

  get isLoading(): boolean {
    return !loaded.has(this.code);
  }

  hostUpdate(): void {
    const [wanted = ""] = nearestLang(this.#host).toLowerCase().split(/[-_]/);
    this.code = Object.hasOwn(LOADERS, wanted) ? wanted : "en";
    if (this.isLoading) void this.#load(this.code);
  }

  async #load(code: string): Promise<void> {
    const texts = await LOADERS[code]?.().then(
      (language) => language.default,
      () => en,
    );
    loaded.set(code, texts ?? en);
    this.#host.requestUpdate();
  }
}
