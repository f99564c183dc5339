import { ApiError } from "../../errors/api-error.ts";

/**
 * Returns the purchase in a form as a request for `POST /v1/checkouts`. Empty fields were not filled in. Unknown fields
 * (the name of a button) are ignored.
 *
 * @throws ApiError `quantity_out_of_range` for a quantity that is not a whole number.
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

/** Most of Europe writes amounts with a comma, and a browser may send it unchanged. */
function withPoint(amount: string): string {
  return amount.replace(/^(\d+),(\d{1,2})$/, "$1.$2");
}

/** Reads "13.30 EUR". */
function moneyOf(text: string): { readonly value: string; readonly currency: string } {
  const [value = "", currency = ""] = text.split(" ");
  return { value, currency };
}
