import type { Price } from "@qonto-pay/core/api";
import type { workerRequest } from "../api/worker-request.ts";
import type { Purchase } from "../checkout/purchase.ts";
import { QontoPayChangeEvent } from "../events/change-event.ts";
import type { Part, PartHost, PartTools } from "./part-tools.ts";
import type { ChoiceTools, ChoiceView, Chosen } from "./choice-tools.ts";
import { styles } from "./choice.styles.ts";
import { forgetChoice, keepChoice, takeChoice } from "./kept-choices.ts";
import { ProductBounds } from "./product-bounds.ts";

/** Choices that follow each other faster than this take effect together: each one can cost a price request. */
const PAUSE_MS = 300;

/** The parts that a page can style. */
const PARTS = "chip, selected, field, step, choice-message";

type Kind = "amounts" | "quantity";

/** Loads the chunk of a choice. */
type Views = Readonly<Record<Kind, () => Promise<(tools: ChoiceTools) => ChoiceView>>>;

/** Adds the choice of an amount or a quantity above a button. */
export function choice(
  tools: PartTools,
  views: Views,
  quote: () => Price | undefined,
  purchase: () => Purchase,
  request: typeof workerRequest,
): Part {
  return new ChoiceController(tools, views, new ProductBounds(quote, purchase, request));
}

/** Shows the choice that the attributes of a button ask for, and gives the button what the shopper chooses. */
class ChoiceController implements Part {
  readonly #host: PartHost;
  readonly #tools: ChoiceTools;
  readonly #place: HTMLElement;
  readonly #lang: () => string;
  readonly #views: Views;
  #kind: Kind | undefined;
  #view: ChoiceView | undefined;
  #isExplained = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last choice, if it has not taken effect yet. */
  #waiting: Chosen | undefined;
  /** The last choice of the shopper, if any. */
  #last: Chosen | undefined;

  constructor(tools: PartTools, views: Views, bounds: ProductBounds) {
    const { host } = tools;
    this.#host = host;
    this.#lang = tools.lang;
    this.#views = views;
    this.#place = tools.place("choice", PARTS, styles);
    this.#tools = {
      ...tools,
      bounds: () => bounds.get(),
      readBounds: () => void bounds.read().then((areNew) => areNew && this.render()),
      choose: (chosen, isTyped) => this.#choose(chosen, isTyped),
      plain,
    };
    const kept = takeChoice(host);
    if (kept !== undefined) Object.assign(host, (this.#last = kept));
    host.addController({
      hostConnected: () => forgetChoice(host),
      hostDisconnected: () => keepChoice(host, this.#last),
    });
    host.renderRoot.prepend(this.#place);
    host.renderRoot.addEventListener("click", (event) => this.#beforeClick(event), true);
  }

  render(): void {
    this.#explainMistake();
    const kind = this.#kindNow();
    if (kind !== this.#kind) void this.#changeKind(kind);
    this.#place.hidden = kind === undefined;
    this.#place.setAttribute("size", this.#host.getAttribute("size") ?? "");
    this.#place.lang = this.#lang();
    const isLocked = this.#host.disabled === true || this.#button?.getAttribute("aria-disabled") === "true";
    this.#view?.update(isLocked);
    this.#showAmount();
  }

  async #changeKind(kind: Kind | undefined): Promise<void> {
    this.#kind = kind;
    this.#view = undefined;
    this.#waiting = undefined;
    this.#place.shadowRoot?.replaceChildren();
    try {
      const show = kind && (await this.#views[kind]());
      if (kind !== this.#kind) return;
      this.#view = show?.(this.#tools);
    } catch {
      // The shopper can pay the amount and the quantity of the attributes.
    }
    this.#place.shadowRoot?.replaceChildren(...(this.#view?.nodes ?? []));
    this.render();
  }

  /** Both attributes have no effect without a product, and one of them beside the other. */
  #explainMistake(): void {
    const { amounts, quantityInput, product } = this.#host;
    const isMistaken = (amounts || quantityInput) && (!product || (amounts && quantityInput));
    if (isMistaken && !this.#isExplained) this.#tools.help();
    this.#isExplained = Boolean(isMistaken);
  }

  #kindNow(): Kind | undefined {
    const { amounts, quantityInput, product } = this.#host;
    return !product ? undefined : amounts ? "amounts" : quantityInput ? "quantity" : undefined;
  }

  #choose(chosen: Chosen | undefined, isTyped: boolean): void {
    const [button, amount] = [this.#button, this.#amount];
    // The button keeps its width while its amount is hidden.
    if (button && amount?.textContent) button.style.minWidth = `${button.getBoundingClientRect().width}px`;
    this.#waiting = chosen;
    if (!isTyped && this.#timer === undefined) this.#apply();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#apply();
    }, PAUSE_MS);
    this.#showAmount();
  }

  /** The last choice takes effect. */
  #apply(): void {
    const host = this.#host;
    const chosen = this.#waiting;
    this.#waiting = undefined;
    if (chosen === undefined) return;
    this.#last = chosen;
    const before = [host.amount, host.quantity];
    Object.assign(host, chosen);
    const { amount, quantity } = chosen as { readonly amount?: string; readonly quantity?: number };
    if (!before.includes(amount ?? quantity)) host.dispatchEvent(new QontoPayChangeEvent(amount, quantity));
    // Synchronously: the price of the earlier purchase must neither be shown nor compared with the new one.
    (host as unknown as { performUpdate: () => void }).performUpdate();
    this.render();
  }

  /** A click pays the last choice, or leads to the field without a valid value. */
  #beforeClick(event: Event): void {
    if (this.#view === undefined || !this.#button?.contains(event.target as Node)) return;
    if (this.#view.isValid()) return this.#apply();
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#view.showProblem();
  }

  /** Hides the amount on the button while it is not that of the choice. */
  #showAmount(): void {
    const [button, amount] = [this.#button, this.#amount];
    if (!button || !amount) return;
    const isValid = this.#view?.isValid() !== false;
    amount.style.display = isValid ? "" : "none";
    amount.style.visibility = this.#waiting === undefined ? "" : "hidden";
    if (isValid && this.#waiting === undefined && amount.textContent !== "") button.style.minWidth = "";
  }

  get #button(): HTMLButtonElement | null {
    return this.#host.renderRoot.querySelector("button");
  }

  get #amount(): HTMLElement | null {
    return this.#host.renderRoot.querySelector("[part=amount]");
  }
}

function plain(text: string): string {
  return text
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\s'’€]|eur/gi, "")
    .replace("٫", ".");
}
