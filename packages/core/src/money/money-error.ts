/** Why an amount, a rate, a quantity or a basket was rejected. A code keeps its name and its meaning. */
export type MoneyErrorCode =
  | "invalid_amount"
  | "too_many_decimals"
  | "amount_too_large"
  | "invalid_currency"
  | "mixed_currencies"
  | "invalid_quantity"
  | "invalid_vat_rate"
  | "empty_basket"
  | "zero_amount"
  | "discount_too_large"
  | "store_credit_too_large"
  | "mixed_tax_behavior"
  | "no_exact_lines";

/** The one error of the money functions. Its message never repeats the input, so it is safe to show and to log. */
export class MoneyError extends Error {
  override readonly name = "MoneyError";
  readonly code: MoneyErrorCode;
  /** Path of the invalid field in the argument, `items[2].unit_price.value`; `""` is the argument itself. */
  readonly param: string;

  constructor(code: MoneyErrorCode, param: string, message: string) {
    super(message);
    this.code = code;
    this.param = param;
  }
}
