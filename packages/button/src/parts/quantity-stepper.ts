import type { ChoiceTools, ChoiceView } from "./choice-tools.ts";

/** The largest quantity that a product can have. */
const MOST = 9999;

/** Builds a field for the quantity between two buttons. A text field ignores the mouse wheel. */
export function quantityStepper(tools: ChoiceTools): ChoiceView {
  const { host, build, announce, text } = tools;
  const fewer = build("button", { type: "button", part: "step" });
  const more = build("button", { type: "button", part: "step" });
  const field = build("input", {
    inputMode: "numeric",
    autocomplete: "off",
    maxLength: 9,
    role: "spinbutton",
    part: "field",
  });
  const group = build("fieldset", {}, fewer, field, more);
  const note = build("p", { id: "note", part: "choice-message", role: "status" });
  const spoken = build("p", { className: "spoken", role: "status" });
  field.setAttribute("aria-describedby", "note");

  /** The quantity that the button had at the last update. */
  let seen: number | undefined;
  /** The quantity that the shopper has chosen, which the button may get after a pause. */
  let picked: number | undefined;
  /** Whether the shopper has left the field, or tried to pay. An empty field is no mistake before. */
  let isTried = false;

  const bounds = (): { readonly min: number; readonly max: number } => {
    const { min_quantity: min = 1, max_quantity: max = MOST } = tools.bounds();
    return { min, max };
  };
  /** Returns the whole number in the field, if it contains one. */
  const whole = (): number | undefined => {
    const typed = tools.plain(field.value);
    return /^\d+$/.test(typed) ? Number(typed) : undefined;
  };
  /** Returns the quantity in the field. Undefined if it can't be bought. */
  const quantityTyped = (): number | undefined => {
    const { min, max } = bounds();
    const quantity = whole() ?? 0;
    return quantity >= min && quantity <= max ? quantity : undefined;
  };
  const isValid = (): boolean => quantityTyped() !== undefined;

  const step = (by: 1 | -1): void => {
    const { min, max } = bounds();
    const quantity = Math.min(Math.max((whole() ?? min - by) + by, min), max);
    if (String(quantity) === field.value) return;
    field.value = String(quantity);
    picked = quantity;
    tools.choose({ quantity }, false);
    show();
    announce(spoken, `${text("choose_quantity")}: ${quantity}`);
  };

  const show = (): void => {
    const { min, max } = bounds();
    const quantity = whole() ?? min;
    group.ariaLabel = field.ariaLabel = text("choose_quantity");
    fewer.ariaLabel = text("fewer");
    more.ariaLabel = text("more");
    fewer.ariaDisabled = String(quantity <= min);
    more.ariaDisabled = String(quantity >= max);
    field.ariaValueNow = String(quantity);
    field.ariaValueMin = String(min);
    field.ariaValueMax = String(max);
    const isWrong = !isValid() && (isTried || field.value !== "");
    field.ariaInvalid = String(isWrong);
    group.className = isWrong ? "box stepper wrong" : "box stepper";
    note.className = isWrong ? "wrong" : "";
    announce(note, !isWrong ? "" : text("quantity_bounds", { min: String(min), max: String(max) }));
  };

  fewer.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    step(event.key === "ArrowUp" ? 1 : -1);
  });
  field.addEventListener("input", () => {
    isTried = false;
    picked = quantityTyped();
    tools.choose(picked === undefined ? undefined : { quantity: picked }, true);
    show();
  });
  field.addEventListener("change", () => {
    isTried = true;
    show();
  });
  for (const type of ["focusin", "pointerdown"]) group.addEventListener(type, () => tools.readBounds());

  return {
    nodes: [group, note, spoken],
    update(isLocked) {
      const quantity = host.quantity && host.quantity > 0 ? host.quantity : 1;
      // The attribute is no quantity. The shopper buys what the field shows.
      if (quantity !== (host.quantity ?? 1)) tools.choose({ quantity }, false);
      if (quantity !== seen) {
        seen = quantity;
        if (seen !== picked) {
          picked = seen;
          field.value = String(seen);
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
