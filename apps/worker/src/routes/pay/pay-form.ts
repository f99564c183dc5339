import { ApiError } from "../../errors/api-error.ts";

/**
 * What a form asks for, in the words of `POST /v1/checkouts`. Fields that are empty were not filled in, and those that
 * are not known (the name of a button) say nothing.
 *
 * @throws ApiError `quantity_out_of_range` for a quantity that is no whole number.
 */
export function requestOfForm(
  form: URLSearchParams,
  what: { readonly publishable_key: string; readonly product: string },
): Record<string, unknown> {
  const { quantity, amount, reference, attempt_id, shown_amount } = Object.fromEntries(
    [...form].map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== ""),
  );
  return {
    ...what,
    ...(quantity === undefined ? {} : { quantity: wholeNumber(quantity) }),
    ...(amount === undefined ? {} : { amount: withPoint(amount) }),
    ...(reference === undefined ? {} : { reference }),
    ...(attempt_id === undefined ? {} : { attempt_id }),
    ...(shown_amount === undefined ? {} : { shown_amount: moneyOf(shown_amount) }),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new ApiError("quantity_out_of_range", { param: "quantity" });
  return Number(text);
}

/** Most of Europe writes amounts with a comma, and a browser may leave it there. */
function withPoint(amount: string): string {
  return amount.replace(/^(\d+),(\d{1,2})$/, "$1.$2");
}

/** "13.30 EUR". */
function moneyOf(text: string): { readonly value: string; readonly currency: string } {
  const [value = "", currency = ""] = text.split(" ");
  return { value, currency };
}
