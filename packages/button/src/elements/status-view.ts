import { create, setText } from "./dom-nodes.ts";
import type { StatusWords } from "../locales/status-messages.ts";

/** Everything that the status shows or announces. */
export interface StatusLook {
  /** The status, and the name of the slot that replaces the label and the hint. */
  readonly words: StatusWords;
  /** Language of all texts but the amount. */
  readonly lang: string;
  /** Whether the texts of the element's language are still loading. */
  readonly isLoading: boolean;
  readonly label: string;
  readonly hint: string;
  /** Why the status may be outdated. The same as `words` if it is current. */
  readonly beside: StatusWords;
  readonly besideHint: string;
  readonly amount: string;
  readonly reference: string;
  readonly link: string;
  /** The address of the link. Empty if no link is shown. */
  readonly address: string;
}

export type StatusView = (look: StatusLook) => void;

/** Builds the status inside `root` and returns a function that updates it. */
export function buildStatusView(root: ParentNode): StatusView {
  const icon = create("span", { part: "icon" });
  const words = create("p", { part: "words" });
  const hint = create("p", { part: "hint" });
  const slot = create("slot", {}, words, hint);
  // Shown below the last known status, or below the content that the page slots for it.
  const besideHint = create("p", { part: "hint" });
  const beside = create("slot", {}, besideHint);
  const amount = create("p", { part: "amount" });
  const reference = create("p", { part: "reference" });
  const link = create("a", { part: "link" });
  // Slotted content is announced, too.
  const box = create("div", { role: "status" }, icon, slot, beside, amount, reference, link);
  root.append(box);

  return (look) => {
    box.className = look.words;
    box.classList.toggle("texts-loading", look.isLoading);
    box.setAttribute("part", `status ${look.words}`);
    slot.name = look.words;
    setText(words, look.label);
    setText(hint, look.hint);
    // If two slots have the same name, only the first one shows slotted content.
    beside.name = look.beside;
    setText(besideHint, look.besideHint);
    setText(amount, look.amount);
    setText(reference, look.reference);
    setText(link, look.address === "" ? "" : look.link);
    link.href = look.address;
    for (const text of [words, hint, besideHint, reference, link]) text.lang = look.lang;
  };
}
