import type { MoneyError } from "@qonto-pay/core/money";
import { ApiError } from "./api-error.ts";

/** One cent, and the 13 digits before the point that `amount` has in the request schemas of both contracts. */
const PAYABLE =
  "The amount must be from 0.01 to 9999999999999.99 EUR. An order that costs nothing needs no checkout: complete it without one.";

/**
 * Returns the error that a server receives if an amount in its request can't be paid.
 *
 * @param error why the amount could not be read or added up; undefined: the amount is zero.
 */
export function amountError(param: string, error?: MoneyError): ApiError {
  return new ApiError("amount_out_of_range", { param, message: amountMessage(error) });
}

/** Returns the message of an amount error. */
export function amountMessage(error?: MoneyError): string {
  const isOutside = error === undefined || error.code === "zero_amount" || error.code === "amount_too_large";
  return isOutside ? PAYABLE : error.message;
}
