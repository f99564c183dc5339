import { type AmountBounds, parseOpenAmount } from "./open-amount.ts";
import { required } from "./required.ts";

/** An amount that the shopper types or picks from presets. */
export interface AmountField {
  /** Returns a decimal string ("25.00"), or null while the input is not a valid amount. */
  read(): string | null;
  fill(amount: string): void;
}

/**
 * Returns the amount field inside `root`, or null if there is none. Its bounds are `data-min-cents` and
 * `data-max-cents` of the input. The Worker enforces its own bounds.
 *
 * @param onInput called after the shopper changed the amount
 */
export function amountField(root: HTMLElement, onInput: () => void): AmountField | null {
  const input = root.querySelector<HTMLInputElement>("input[data-min-cents]");
  if (input === null) return null;
  const hint = required(root, ".amount-hint", HTMLElement);
  const problem = required(root, ".amount-problem", HTMLElement);
  const presets = [...root.querySelectorAll<HTMLButtonElement>("button[data-amount]")];
  const bounds: AmountBounds = { min: Number(input.dataset["minCents"]), max: Number(input.dataset["maxCents"]) };

  const read = () => parseOpenAmount(input.value, bounds);
  const show = () => {
    const amount = read();
    input.setAttribute("aria-invalid", String(amount === null));
    hint.hidden = amount === null;
    problem.hidden = amount !== null;
    for (const preset of presets) preset.setAttribute("aria-pressed", String(preset.dataset["amount"] === amount));
  };
  const changed = () => {
    show();
    onInput();
  };

  input.addEventListener("input", changed);
  for (const preset of presets) {
    preset.addEventListener("click", () => {
      input.value = preset.dataset["amount"] ?? "";
      changed();
    });
  }
  show();

  return {
    read,
    fill(amount) {
      input.value = amount;
      show();
    },
  };
}
