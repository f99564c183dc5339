import { create, setText } from "./dom-nodes.ts";
import { isLocked, type PaymentState } from "../checkout/payment-state.ts";

/** Everything that the button shows or announces. */
export interface ButtonLook {
  readonly state: PaymentState;
  readonly disabled: boolean;
  /** Whether the texts of the element's language are still loading. */
  readonly isLoading: boolean;
  /** Language of all texts but the amount. */
  readonly lang: string;
  /** The source of the label, and the name of the slot that replaces it. */
  readonly words: string;
  /** The default content of that slot. */
  readonly label: string;
  readonly amount: string;
  /** The problem, in words for the shopper. */
  readonly message: string;
  /** The text for screen readers in this state. */
  readonly spoken: string;
  /** Where the pay page is open besides this page. In this case `spoken` is also visible. */
  readonly shownIn: "tab" | "qr" | undefined;
}

export interface ButtonView {
  readonly update: (look: ButtonLook) => void;
  /** Returns the container of the QR code or of the payment method marks. */
  readonly part: (name: "code" | "methods") => HTMLElement;
}

/**
 * The nodes of every button, created once: copying them takes a third of the time. Created when needed, since a server
 * has no document.
 */
let shape: DocumentFragment | undefined;

/**
 * Builds the button inside `root`.
 *
 * The button has a few nodes that change but are never removed. Creating them by hand takes a third of the bytes of a
 * template engine, and no text is parsed as HTML. Nodes that most buttons never show are created at first use.
 */
export function buildView(root: ShadowRoot, onClick: () => void): ButtonView {
  if (shape === undefined) {
    shape = new DocumentFragment();
    // No `type`: a button in a shadow root does not belong to a form of the page.
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
