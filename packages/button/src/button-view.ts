import type { Words } from "./messages.ts";
import type { PaymentState } from "./payment-controller.ts";

/** All that can be seen or heard of the button at one moment. */
export interface ButtonLook {
  readonly state: PaymentState;
  readonly disabled: boolean;
  /** Language of all texts but the amount. */
  readonly lang: string;
  readonly words: Words;
  /** The text of `words`, unless the page slots something in their place. */
  readonly label: string;
  readonly amount: string;
  /** What is wrong, in words for the shopper. */
  readonly message: string;
  /** What a screen reader says at this state. */
  readonly spoken: string;
}

/**
 * Builds the button inside `root` and returns what brings it up to date.
 *
 * It is a handful of nodes that never come or go, only change: written by hand they cost a third of what a template
 * engine weighs, and nothing is ever parsed as HTML.
 */
export function buildView(root: ParentNode, onClick: () => void): (look: ButtonLook) => void {
  const slot = create("slot", {});
  const label = create("span", { part: "label" }, slot);
  const amount = create("span", { part: "amount" });
  const icon = create("span", { part: "icon" });
  const button = create("button", { type: "button", "aria-describedby": "message" }, icon, label, amount);
  const message = create("p", { id: "message", part: "message", role: "alert" });
  const spoken = create("span", { role: "status" });
  button.addEventListener("click", onClick);
  root.append(button, message, spoken);

  return (look) => {
    const { state } = look;
    const isLive = state === "idle" || state === "error";
    button.disabled = look.disabled;
    button.className = state;
    button.setAttribute("part", `button ${state}`);
    button.setAttribute("aria-busy", String(state === "busy"));
    button.setAttribute("aria-disabled", String(!isLive));
    slot.name = look.words;
    setText(slot, look.label);
    setText(amount, look.amount);
    setText(message, look.message);
    setText(spoken, look.spoken);
    for (const text of [label, message, spoken]) text.lang = look.lang;
  };
}

function create<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: Node[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A live region speaks whenever its text is set, even to the same one. */
function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
