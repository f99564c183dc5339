import type { ChoiceTools, ChoiceView } from "./choice-tools.ts";
import { parseAmount, shortAmount, typedAmount } from "./typed-amount.ts";

/** Builds radio buttons for the listed amounts, and one for another amount with its field. */
export function amountChips(tools: ChoiceTools): ChoiceView {
  const { host, build, text, locale } = tools;
  const sign = build("span", { textContent: "€", ariaHidden: "true" });
  const field = build("input", { inputMode: "decimal", autocomplete: "off", maxLength: 20, part: "field" });
  const box = build("span", {}, sign, field);
  const note = build("p", { id: "note", part: "choice-message", role: "status" });
  const group = build("fieldset", { role: "radiogroup" });
  field.setAttribute("aria-describedby", "note");

  /** The attribute of the shown chips, and its amounts. */
  let listed: string | null | undefined;
  let amounts: readonly string[] = [];
  /** The amount that the shopper has chosen, which the button may get after a pause. */
  let picked: string | null | undefined;
  /** The amount that the button had at the last update. */
  let seen: string | null | undefined = null;
  let isOther = false;
  /** Whether the shopper has left the field, or tried to pay. */
  let isTried = false;
  /** Whether a pointer, not a key, was used last. */
  let isPointed = false;

  /** Returns the typed amount, written as in the list. Undefined if it can't be paid. */
  const typed = (): string | undefined => {
    const written = parseAmount(tools.plain(field.value), locale());
    const amount = Number(written ?? 0);
    const { open_amount: bounds } = tools.bounds();
    const isWithin = bounds === undefined || (amount >= Number(bounds.min.value) && amount <= Number(bounds.max.value));
    if (amount === 0 || !isWithin) return undefined;
    return amounts.find((listedAmount) => Number(listedAmount) === amount) ?? written;
  };
  const isValid = (): boolean => !isOther || typed() !== undefined;

  const pick = (amount: string | undefined, isTyped: boolean): void => {
    picked = amount;
    tools.choose(amount === undefined ? undefined : { amount }, isTyped);
    show();
  };

  const chipOf = (amount: string): HTMLElement => {
    const radio = build("input", { type: "radio", name: "amount", value: amount });
    radio.addEventListener("change", () => {
      isOther = amount === "";
      isTried = false;
      pick(isOther ? typed() : amount, false);
      if (isOther && isPointed) field.focus();
    });
    // The arrow keys must be able to move on from this radio button.
    radio.addEventListener("pointerdown", () => (isPointed = true));
    radio.addEventListener("keydown", () => (isPointed = false));
    return build("label", {}, radio, build("span", { part: "chip", className: amount === "" ? "other" : "" }));
  };

  const list = (): void => {
    const before = amounts;
    const words = (host.amounts ?? "").trim().split(/\s+/);
    const wrong = words.filter((word) => !/^\d+(\.\d+)?$/.test(word));
    if (wrong.length > 0) tools.help();
    listed = host.amounts;
    amounts = words.filter((word) => !wrong.includes(word));
    group.replaceChildren(...(amounts.length > 0 ? [...amounts, ""].map(chipOf) : []), box, note);
    // An amount of an earlier list is not another amount.
    if (!isOther && before.includes(host.amount ?? "") && !amounts.includes(host.amount ?? "")) host.amount = undefined;
  };

  const show = (): void => {
    for (const radio of group.querySelectorAll<HTMLInputElement>("[type=radio]")) {
      const { value } = radio;
      const words = radio.nextElementSibling as HTMLElement;
      radio.checked = value === "" ? isOther : !isOther && value === picked;
      words.part.toggle("selected", radio.checked);
      words.textContent = value === "" ? text("other_amount") : shortAmount(value, locale());
    }
    if (isOther) tools.readBounds();
    const { open_amount: bounds } = tools.bounds();
    const isWrong = isTried && !isValid();
    group.ariaLabel = field.ariaLabel = text("choose_amount");
    field.ariaInvalid = String(isWrong);
    box.className = isWrong ? "box amount wrong" : "box amount";
    note.className = isWrong ? "wrong" : "";
    box.hidden = note.hidden = !isOther;
    sign.style.order = shortAmount("1", locale()).startsWith("€") ? "" : "1";
    tools.announce(
      note,
      bounds
        ? text("amount_bounds", {
            min: shortAmount(bounds.min.value, locale()),
            max: shortAmount(bounds.max.value, locale()),
          })
        : isWrong
          ? text("amount_format", { example: typedAmount("7.50", locale()) })
          : "",
    );
  };

  field.addEventListener("input", () => pick(typed(), true));
  field.addEventListener("change", () => {
    isTried = field.value !== "";
    show();
  });

  return {
    nodes: [group],
    update(isLocked) {
      if (host.amounts !== listed) list();
      if (!host.amount) host.amount = amounts[0];
      if (host.amount !== seen) {
        seen = host.amount;
        if (seen !== picked || seen === undefined) {
          picked = amounts.find((amount) => Number(amount) === Number(seen));
          isOther = picked === undefined;
          if (isOther) field.value = seen ? typedAmount(seen, locale()) : "";
        }
      }
      group.disabled = isLocked;
      show();
    },
    isValid,
    showProblem() {
      isTried = true;
      show();
      field.focus();
    },
  };
}
