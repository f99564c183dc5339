import type { CheckoutCreated, CheckoutStatusReport, Price } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import { isText } from "./untrusted-json.ts";

type Unvalidated<T> = { readonly [field in keyof T]?: unknown } | null | undefined;

/** The values of `CheckoutStatus`. */
const STATUS = /^(open|processing|paid|expired|canceled)$/;

function isMoney(answer: unknown): answer is Money {
  const money = answer as Unvalidated<Money>;
  return isText(money?.value, /^\d+(\.\d+)?$/) && isText(money?.currency, /^[A-Z]{3}$/);
}

/** Returns whether a value is a response of `POST /v1/prices`. */
export function isPrice(answer: unknown): answer is Price {
  return isMoney((answer as Unvalidated<Price>)?.amount);
}

/** Returns whether a value is a message of `GET /v1/checkouts/{id}/status`. */
export function isStatusReport(answer: unknown): answer is CheckoutStatusReport {
  const report = answer as Unvalidated<CheckoutStatusReport>;
  return isText(report?.id) && isText(report.status, STATUS) && isMoney(report.amount);
}

/** Returns whether a value is a response of `POST /v1/checkouts`. */
export function isCheckout(answer: unknown): answer is CheckoutCreated {
  const checkout = answer as Unvalidated<CheckoutCreated>;
  return isText(checkout?.url) && isText(checkout.status_token) && isStatusReport(answer);
}
