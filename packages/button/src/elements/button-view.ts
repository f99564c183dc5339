import { adoptStyles, type CSSResult } from "lit";
import { claimInput } from "./claim-input.ts";
import { create, setText } from "./dom-nodes.ts";
import { showContent } from "./page-content.ts";
import type { StateLook } from "./later-look.ts";
import { createLateStyles } from "./qonto-pay-button.styles.ts";
import { isLocked, type PaymentState } from "../checkout/payment-state.ts";

/** Everything that the button shows or announces. */
export interface ButtonLook extends Omit<StateLook, "amount"> {
  readonly state: PaymentState;
  readonly disabled: boolean;
  /** Whether the texts of the element's language are still loading. */
  readonly isLoading: boolean;
  /** Language of all texts but the amount. */
  readonly lang: string;
  /** The words, if no slot replaces them. */
  readonly label: string;
  readonly amount: string;
}

export interface ButtonView {
  readonly update: (look: ButtonLook) => void;
  /** Returns the container of the QR code. */
  readonly code: () => HTMLElement;
}

/**
 * The nodes of every button, created once: copying them takes a third of the time. Created when needed, since a server
 * has no document.
 */
let shape: DocumentFragment | undefined;

/** The rules of an amount and of the states after a click, created by the first button that needs them. */
let lateStyles: CSSResult | undefined;

/**
 * Builds the button. Its first update adds it to `root`.
 *
 * The button has a few nodes that change but are never removed. Creating them by hand takes a third of the bytes of a
 * template engine, and no text is parsed as HTML. Nodes that most buttons never show are created at first use.
 *
 * @param onContent is called when the element contains content of the page, which is then shown below the button.
 */
export function buildView(root: ShadowRoot, onClick: () => void, onContent: () => void): ButtonView {
  if (shape === undefined) {
    claimInput(root.host.constructor);
    shape = new DocumentFragment();
    // No `type`: a button in a shadow root does not belong to a form of the page.
    shape.append(
      create("button", { "aria-describedby": "message" }, create("span", { part: "label" }, create("slot", {}))),
      create("p", { id: "message", part: "message", role: "alert" }),
      create("p", { part: "hint", role: "status" }),
      create("slot", { hidden: "" }),
    );
  }
  const copy = shape.cloneNode(true);
  const button = copy.firstChild as HTMLButtonElement;
  const message = button.nextSibling as HTMLElement;
  const spoken = message.nextSibling as HTMLElement;
  const content = copy.lastChild as HTMLSlotElement;
  const label = button.firstChild as HTMLElement;
  const slot = label.firstChild as HTMLSlotElement;
  button.addEventListener("click", (event) => {
    // Needed in a closed shadow root of the page, which hides the button from the listeners on the window.
    event.preventDefault();
    onClick();
  });
  showContent(content, onContent);

  let isPlain = true;
  const made: Record<string, HTMLElement | false> = {};
  const late = (before: Element, part: string, isNeeded: boolean): HTMLElement | false =>
    (made[part] ||=
      isNeeded && (before.parentNode?.insertBefore(create("span", { part }), before.nextSibling) as HTMLElement));

  return {
    code: () => late(spoken, "code", true) as HTMLElement,
    update(look) {
      const { state } = look;
      if (isPlain && (look.amount !== "" || state !== "idle")) {
        isPlain = false;
        adoptStyles(root, [...root.adoptedStyleSheets, (lateStyles ||= createLateStyles())]);
      }
      button.disabled = look.disabled;
      button.className = (look.words === "busy" ? "processing" : state) + (look.isLoading ? " loading" : "");
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
      spoken.className = look.hint ? "shown" : "";
      const code = late(spoken, "code", false);
      if (code) code.hidden = look.hint !== "qr";
      // An empty text needs no language, and the attribute costs the first paint time.
      for (const text of [label, message, spoken]) if (text.firstChild) text.lang = look.lang;
      // Added only after the first update, because changing nodes outside the page costs the browser less. After that,
      // `copy` is empty.
      root.append(copy);
    },
  };
}
