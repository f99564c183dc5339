import { create, setText } from "./dom-nodes.ts";
import { isLocked, type PaymentState } from "../checkout/payment-state.ts";

/** All that can be seen or heard of the button at one moment. */
export interface ButtonLook {
  readonly state: PaymentState;
  readonly disabled: boolean;
  /** Whether the texts of `lang` are still on their way. */
  readonly isLoading: boolean;
  /** Language of all texts but the amount. */
  readonly lang: string;
  /** Where the words on the button come from, and the name of the slot that replaces them. */
  readonly words: string;
  /** The text of `words`, unless the page slots something in their place. */
  readonly label: string;
  readonly amount: string;
  /** What is wrong, in words for the shopper. */
  readonly message: string;
  /** What a screen reader says at this state. */
  readonly spoken: string;
  /** Where the pay page is shown beside this one: what is spoken is for everybody to read then. */
  readonly shownIn: "tab" | "qr" | undefined;
}

export interface ButtonView {
  readonly update: (look: ButtonLook) => void;
  /** Where the code for a phone is drawn, or the marks of payment methods. */
  readonly part: (name: "code" | "methods") => HTMLElement;
}

/** What every button has, made once: to copy it takes a third of the time. On a server there is no document to make it in. */
let shape: DocumentFragment | undefined;

/**
 * Builds the button inside `root`.
 *
 * It is a handful of nodes that never go, only change: written by hand they cost a third of what a template engine
 * weighs, and nothing is ever parsed as HTML. Those that most buttons of a page never show are made when they first do.
 */
export function buildView(root: ShadowRoot, onClick: () => void): ButtonView {
  if (shape === undefined) {
    shape = new DocumentFragment();
    // No `type`: no form of the page owns a button of a shadow root.
    shape.append(
      create("button", { "aria-describedby": "message" }, create("span", { part: "label" }, create("slot", {}))),
      create("p", { id: "message", part: "message", role: "alert" }),
      create("p", { part: "hint", role: "status" }),
    );
  }
  const copy = shape.cloneNode(true);
  const button = copy.firstChild as HTMLButtonElement;
  const message = button.nextSibling as HTMLElement;
  const spoken = copy.lastChild as HTMLElement;
  const label = button.firstChild as HTMLElement;
  const slot = label.firstChild as HTMLSlotElement;
  button.addEventListener("click", onClick);
  root.append(copy);

  const made: Record<string, HTMLElement | false> = {};
  const late = (before: Element, part: string, isNeeded: boolean): HTMLElement | false =>
    (made[part] ||=
      isNeeded && (before.parentNode?.insertBefore(create("span", { part }), before.nextSibling) as HTMLElement));

  return {
    part: (name) => late(name === "code" ? spoken : (root.lastChild as Element), name, true) as HTMLElement,
    update(look) {
      const { state } = look;
      button.disabled = look.disabled;
      button.className = look.isLoading ? `${state} loading` : state;
      button.setAttribute("part", `button ${state}`);
      button.ariaBusy = state === "busy" ? "true" : null;
      button.ariaDisabled = isLocked(state) ? "true" : null;
      slot.name = look.words;
      setText(slot, look.label);
      late(label, "icon", state !== "idle");
      const amount = late(label, "amount", look.amount !== "");
      if (amount) setText(amount, look.amount);
      setText(message, look.message);
      setText(spoken, look.spoken);
      spoken.className = look.shownIn === undefined ? "" : "shown";
      const code = late(spoken, "code", false);
      if (code) {
        const isShown = look.shownIn === "qr";
        if (!isShown && code.contains(root.activeElement)) button.focus();
        code.hidden = !isShown;
      }
      for (const text of [label, message, spoken]) text.lang = look.lang;
    },
  };
}
