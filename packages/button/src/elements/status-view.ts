import { create, setText } from "./dom-nodes.ts";
import type { StatusWords } from "../locales/status-messages.ts";

/** All that can be seen or heard of a status at one moment. */
export interface StatusLook {
  /** Also the name of the slot that replaces the label and the hint. */
  readonly words: StatusWords;
  /** Language of all texts but the amount. */
  readonly lang: string;
  /** Whether the texts of `lang` are still on their way. */
  readonly isLoading: boolean;
  readonly label: string;
  readonly hint: string;
  /** Why the status is not the newest, which stands beside it; the same as `words` where it is. */
  readonly beside: StatusWords;
  readonly besideHint: string;
  readonly amount: string;
  readonly reference: string;
  readonly link: string;
  /** Where the link leads; empty where there is none to show. */
  readonly address: string;
}

export type StatusView = (look: StatusLook) => void;

/** Builds the status inside `root` and returns what brings it up to date. */
export function buildStatusView(root: ParentNode): StatusView {
  const icon = create("span", { part: "icon" });
  const words = create("p", { part: "words" });
  const hint = create("p", { part: "hint" });
  const slot = create("slot", {}, words, hint);
  // Beside the last known status, and beside what the page slots for that.
  const besideHint = create("p", { part: "hint" });
  const beside = create("slot", {}, besideHint);
  const amount = create("p", { part: "amount" });
  const reference = create("p", { part: "reference" });
  const link = create("a", { part: "link" });
  // What is slotted is said as well.
  const box = create("div", { role: "status" }, icon, slot, beside, amount, reference, link);
  root.append(box);

  return (look) => {
    box.className = look.words;
    box.classList.toggle("texts-loading", look.isLoading);
    box.setAttribute("part", `status ${look.words}`);
    slot.name = look.words;
    setText(words, look.label);
    setText(hint, look.hint);
    // Of two slots with one name, only the first shows what the page has for it.
    beside.name = look.beside;
    setText(besideHint, look.besideHint);
    setText(amount, look.amount);
    setText(reference, look.reference);
    setText(link, look.address === "" ? "" : look.link);
    link.href = look.address;
    for (const text of [words, hint, besideHint, reference, link]) text.lang = look.lang;
  };
}
