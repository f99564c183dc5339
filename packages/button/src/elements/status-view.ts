import { create, setText } from "./dom-nodes.ts";
import { showContent } from "./page-content.ts";
import type { StatusWords } from "../locales/status-messages.ts";

/** A name and its value. No value: neither is shown. */
export interface Fact {
  readonly name: string;
  readonly value: string | undefined;
}

/** A link. No web address: it is not shown. */
export interface WayOn {
  readonly words: string;
  readonly address: string;
}

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
  readonly amount: Fact;
  readonly reference: Fact;
  /** The way to the pay page. */
  readonly link: WayOn;
  /** The way back to the shop. */
  readonly back: WayOn;
}

export type StatusView = (look: StatusLook) => void;

/** The parts whose content the look has by the same name. */
const FACTS = ["amount", "reference"] as const;
const WAYS = ["link", "back"] as const;

/**
 * Builds the status inside `root` and returns a function that updates it.
 *
 * @param onContent is called when the element contains content of the page, which is then shown below the status.
 */
export function buildStatusView(root: ParentNode, onContent: () => void): StatusView {
  const words = create("p", { part: "words" });
  const hint = create("p", { part: "hint" });
  const slot = create("slot", {}, words, hint);
  // Shown below the last known status, or below the content that the page slots for it.
  const besideHint = create("p", { part: "hint" });
  const beside = create("slot", {}, besideHint);
  const facts = FACTS.map((part) => create("div", {}, create("dt", {}), create("dd", { part })));
  const ways = WAYS.map((part) => create("a", { part }));
  const icon = create("span", { part: "icon", "aria-hidden": "true" });
  // Slotted content is announced, too.
  const box = create("div", { role: "status" }, icon, slot, beside, create("dl", {}, ...facts), ...ways);
  // Outside of the live region: content of the page is not announced.
  const content = create("slot", { hidden: "" });
  showContent(content, onContent);
  root.append(box, content);

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
    FACTS.forEach((part, index) => {
      const { name, value } = look[part];
      const row = facts[index] as HTMLElement;
      row.hidden = value === undefined;
      setText(row.firstChild as HTMLElement, name);
      setText(row.lastChild as HTMLElement, value ?? "");
      (row.firstChild as HTMLElement).lang = look.lang;
    });
    WAYS.forEach((part, index) => {
      const way = ways[index] as HTMLAnchorElement;
      way.href = look[part].address;
      way.hidden = look[part].address === "" || !way.protocol.startsWith("http");
      if (way.hidden) way.removeAttribute("href");
      setText(way, look[part].words);
    });
    for (const text of [words, hint, besideHint, ...ways]) text.lang = look.lang;
  };
}
