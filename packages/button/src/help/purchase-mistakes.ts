import type { Purchase } from "../checkout/purchase.ts";
import type { ExplainedButton } from "./explained-button.ts";
import type { Mistake } from "./tell.ts";

const JSON_FORMS = {
  items: `items='[{"product": "mug", "quantity": 2}]'`,
  messages: `messages='{"pay": "To the checkout"}'`,
} as const;

/** Returns the mistakes in what the button sells. */
export function* purchaseMistakes(
  element: ExplainedButton,
  { publishable_key: key, product, items, offer, quantity, amount, reference }: Purchase,
): Generator<Mistake> {
  const withPrefix = (name: string): string =>
    element.hasAttribute(`data-${name}`) ? ` \`data-${name}\` has no effect: write \`${name}\`.` : "";

  if (key === "") {
    yield missing(
      `\`publishable-key\` is missing. It begins with pk_live_ or pk_sandbox_.${withPrefix("publishable-key")}`,
    );
  } else if (!/^pk_(live|sandbox)_[a-z0-9-]+$/.test(key)) {
    const [bare] = /pk_(live|sandbox)_[a-z0-9-]+/.exec(key) ?? [];
    const advice = bare
      ? `White space or other characters are around it. Write \`${bare}\`.`
      : "It begins with pk_live_ or pk_sandbox_.";
    yield wrong("publishable-key", key, `is not a publishable key. ${advice}`);
  }

  for (const name of ["items", "messages"] as const) {
    const value = element[name];
    const isRight = name === "items" ? Array.isArray(value) && value.length > 0 : typeof value === "object";
    // The element reads invalid JSON as null.
    if (value == null ? element.getAttribute(name) : !isRight) {
      yield missing(`\`${name}\` is not JSON of the right form. Write ${JSON_FORMS[name]}.`);
    }
  }

  const named = Object.entries({ product, items, offer }).flatMap(([name, value]) =>
    value === undefined ? [] : [name],
  );
  if (named.length === 0 && !element.hasAttribute("items")) {
    yield missing(`\`product\`, \`items\` or \`offer\` is missing. Set one before the click.${withPrefix("product")}`);
  } else if (named.length > 1) {
    yield { text: `The button has ${named.map((name) => `\`${name}\``).join(" and ")}. Keep one.`, section: "value" };
  }
  if (product !== undefined && !/^[a-z0-9][a-z0-9_-]*$/.test(product)) {
    yield wrong("product", product, "is not the name of a product: lower-case letters, digits, _ or -.");
  }
  if (quantity !== undefined && !(Number.isInteger(quantity) && quantity > 0)) {
    yield wrong("quantity", element.getAttribute("quantity") ?? quantity, "is not a whole number from 1.");
  }
  if (amount !== undefined && quantity !== undefined) {
    yield { text: "The button has `amount` and `quantity`. Keep one.", section: "value" };
  }
  // A wrong word of `amounts` is a mistake of that attribute.
  if (amount !== undefined && !element.amounts?.includes(amount) && !/^\d+(\.\d+)?$/.test(amount)) {
    const number = /^\d+[.,]\d+/.exec(amount)?.[0].replace(",", ".") ?? "5.00";
    yield wrong(
      "amount",
      amount,
      `is not a decimal number. Write a decimal point and no currency: \`amount="${number}"\`.`,
    );
  }
  if (reference !== undefined && !/^[ -~]{1,64}$/.test(reference)) {
    yield wrong("reference", reference, "is not 1 to 64 letters without accents, digits and ASCII punctuation.");
  }
}

function missing(text: string): Mistake {
  return { text, section: "missing" };
}

function wrong(name: string, value: string | number, text: string): Mistake {
  return { text: `\`${name}="${value}"\` ${text}`, section: "value" };
}
