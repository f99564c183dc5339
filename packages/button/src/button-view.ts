import { create, setText } from "./nodes.ts";
import { isLocked, type PaymentState } from "./payment-controller.ts";

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
  /** Whether that is for everybody to read. */
  readonly isSpokenShown: boolean;
  /** Whether the code for a phone is shown. */
  readonly isCodeShown: boolean;
}

export interface ButtonView {
  readonly update: (look: ButtonLook) => void;
  /** Where the code for a phone is drawn. */
  readonly code: HTMLElement;
  /** Where marks of payment methods are drawn. */
  readonly methods: HTMLElement;
}

/**
 * Builds the button inside `root`.
 *
 * It is a handful of nodes that never come or go, only change: written by hand they cost a third of what a template
 * engine weighs, and nothing is ever parsed as HTML.
 */
export function buildView(root: ParentNode, onClick: () => void): ButtonView {
  const slot = create("slot", {});
  const label = create("span", { part: "label" }, slot);
  const amount = create("span", { part: "amount" });
  const icon = create("span", { part: "icon" });
  const button = create("button", { type: "button", "aria-describedby": "message" }, icon, label, amount);
  const message = create("p", { id: "message", part: "message", role: "alert" });
  const spoken = create("p", { part: "hint", role: "status" });
  const code = create("div", { part: "code" });
  const methods = create("div", { part: "methods" });
  button.addEventListener("click", onClick);
  root.append(button, message, spoken, code, methods);

  return {
    code,
    methods,
    update(look) {
      const { state } = look;
      button.disabled = look.disabled;
      button.className = state;
      button.classList.toggle("loading", look.isLoading);
      button.setAttribute("part", `button ${state}`);
      button.setAttribute("aria-busy", String(state === "busy"));
      button.setAttribute("aria-disabled", String(isLocked(state)));
      slot.name = look.words;
      setText(slot, look.label);
      setText(amount, look.amount);
      setText(message, look.message);
      setText(spoken, look.spoken);
      spoken.className = look.isSpokenShown ? "shown" : "";
      code.hidden = !look.isCodeShown;
      for (const text of [label, message, spoken, code]) text.lang = look.lang;
    },
  };
}
