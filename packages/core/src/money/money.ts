/**
 * An amount in both contracts.
 *
 * `value` is a plain decimal string in major units ("13.30"): digits, at most one point, no sign, exponent, comma or
 * space. `currency` is an ISO 4217 code in capitals. Source: Qonto's `CreatePaymentLink` schemas.
 */
export interface Money {
  readonly value: string;
  readonly currency: string;
}
