import { nearestName } from "./nearest-name.ts";
import type { Mistake } from "./tell.ts";

/** The attributes that take one of a few words. The first word is the default. */
export const WORDS: Readonly<Record<string, readonly string[]>> = {
  mode: ["redirect", "tab", "qr"],
  label: ["pay", "buy", "order", "book", "subscribe", "donate", "tip"],
  theme: ["auto", "light", "dark"],
  size: ["medium", "small", "large"],
};
export const SLOTS: readonly string[] = ["label", "error", "waiting", "processing", "paid"];
/** The slots of the status element, which has one word of its own, `theme`. */
export const STATUS_SLOTS: readonly string[] =
  "open processing paid expired canceled unknown refused trouble offline".split(" ");
export const METHODS: readonly string[] = ["credit_card", "apple_pay", "paypal", "ideal"];

/** Attributes that styles read, besides the ones that the element observes. */
export const OF_STYLES: readonly string[] = ["theme", "size", "full-width"];

/** Attributes of HTML without a property of the same name, and those of scripts: `data-…`, `onclick`, `v-if`, `@click`. */
const OF_OTHERS = /^(class|is|item\w+|part|role|style|(data|aria)-.*|on.*|[a-z]{1,2}-.*|_.*)$|[^a-z_-]/;

const OF_PRICES = /^(unit-)?(price|currency|total|cost|vat|tax)/;

/**
 * Returns the mistakes in the names of attributes and slots, and in values that are one of a few words.
 *
 * @param slots the slots of the element.
 */
export function* attributeMistakes(element: HTMLElement, slots = SLOTS): Generator<Mistake> {
  const known = [
    ...(element.constructor as unknown as { readonly observedAttributes: readonly string[] }).observedAttributes,
    ...(slots === SLOTS ? OF_STYLES : ["theme"]),
  ];
  const ofHtml = new Set<string>();
  // Properties are named as attributes are, in camel case.
  for (const name in element) ofHtml.add(name.toLowerCase());

  for (const { name, value } of element.attributes) {
    const words = known.includes(name) ? WORDS[name] : undefined;
    if (words !== undefined)
      yield* wordMistakes(name, [value], words, `The ${slots === SLOTS ? "button" : "status"} uses \`${words[0]}\`.`);
    else if (name === "methods" && slots === SLOTS)
      yield* wordMistakes(name, value.split(/\s+/), METHODS, "It is not shown.");
    else if (!known.includes(name) && !ofHtml.has(name) && !OF_OTHERS.test(name)) {
      const advice = OF_PRICES.test(name) ? " A page can't set a price." : guess(name, known);
      yield { text: `The attribute \`${name}\` is unknown and has no effect.${advice}`, section: "attribute" };
    } else if (value === "false" && isSwitch(element, name)) {
      yield { text: `\`${name}="false"\` switches it on. Remove the attribute.`, section: "value" };
    }
  }
  yield* wordMistakes(
    "slot",
    Array.from(element.children, ({ slot }) => slot),
    slots,
    "It is not shown.",
  );
}

function* wordMistakes(
  name: string,
  values: readonly string[],
  words: readonly string[],
  effect: string,
): Generator<Mistake> {
  for (const value of values) {
    if (value === "" || words.includes(value)) continue;
    const text = `\`${name}\` has the unknown value \`${value}\`. ${effect} Known: ${words.join(", ")}.${guess(value, words)}`;
    yield { text, section: "value" };
  }
}

/** Returns whether an attribute is on as soon as it is present. */
function isSwitch(element: HTMLElement, attribute: string): boolean {
  const property = attribute.replace(/-(.)/, (_dash, letter: string) => letter.toUpperCase());
  return attribute === "full-width" || (element[property as keyof HTMLElement] as unknown) === true;
}

function guess(word: string, known: readonly string[]): string {
  const nearest = nearestName(word, known);
  return nearest === undefined ? "" : ` Did you mean \`${nearest}\`?`;
}
