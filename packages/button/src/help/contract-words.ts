import type { OwnMessages } from "../locales/button-messages.ts";

/** Words for paying and buying in the languages of the button. A word for ordering alone is not enough. */
// cspell:disable-next-line
const PAYING = /pay|buy|purchas|zahl|kauf|paie|ach[eè]t|achat|pag[aou]|compr|acquist|beta+l|koop|kope/i;

/** The slots that replace the words on a button which a click pays. */
const SLOTS = ["label", "error", "waiting"];

/** The labels that conclude a contract. `donate` and `tip` are for gifts. */
const LABELS = ["pay", "buy", "order", "book", "subscribe"];

/** A mistake of the page, in words for its author, and the section of the button's reference about it. */
export interface ContractWordsMistake {
  readonly text: string;
  readonly section: "labels";
}

/**
 * Returns the mistakes in the words of the page that replace those which conclude a contract: a slot or a text of
 * `messages` that does not state the obligation to pay. Words in other languages than those of the button count as a
 * mistake, since they can't be checked.
 */
export function* contractWordsMistakes(element: {
  readonly children: Iterable<Element>;
  readonly label?: string | null | undefined;
  readonly messages?: OwnMessages | null | undefined;
}): Generator<ContractWordsMistake> {
  if (element.label === "donate" || element.label === "tip") return;
  for (const child of element.children) {
    if (SLOTS.includes(child.slot)) yield* mistakesIn(`The slot \`${child.slot}\``, child.textContent);
  }
  for (const name of LABELS) {
    const text: unknown = element.messages?.[name];
    if (typeof text === "string") yield* mistakesIn(`The text \`${name}\` of \`messages\``, text);
  }
}

function* mistakesIn(place: string, words: string): Generator<ContractWordsMistake> {
  if (PAYING.test(words)) return;
  yield {
    text: `${place} replaces words that conclude a contract, and “${words.trim()}” may not state the obligation to pay. Without it, an order does not bind a consumer in the EU (Directive 2011/83/EU, art. 8(2)). Write words such as “Order and pay”.`,
    section: "labels",
  };
}
