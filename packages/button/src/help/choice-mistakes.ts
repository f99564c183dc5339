import type { ExplainedButton } from "./explained-button.ts";
import type { Mistake } from "./tell.ts";

/** Returns the mistakes in what the shopper can choose. */
export function* choiceMistakes({ amounts, quantityInput, product }: ExplainedButton): Generator<Mistake> {
  const words = amounts?.trim().split(/\s+/) ?? [];
  const wrong = words.filter((word) => word !== "" && !/^\d+(\.\d+)?$/.test(word));
  if (wrong.length > 0) {
    const text = `\`amounts\` contains what is not an amount: ${wrong.map((word) => `\`${word}\``).join(", ")}. It is not shown. Write decimal points, no currency, and spaces between the amounts: \`amounts="5 7.50 20"\`.`;
    yield { text, section: "value" };
  }
  if (amounts && quantityInput) {
    yield { text: "`quantity-input` has no effect beside `amounts`. Keep one.", section: "value" };
  }
  if (!product) {
    yield {
      text: `\`${amounts ? "amounts" : "quantity-input"}\` has no effect without \`product\`.`,
      section: "value",
    };
  }
}
