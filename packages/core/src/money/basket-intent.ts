import type { BasketItem } from "../qonto/payment-link.ts";
import type { Money } from "./money.ts";
import type { RoundingPolicy } from "./rounding-policy.ts";

/** Whether a price contains the VAT. */
export type TaxBehavior = "inclusive" | "exclusive";

/** One thing for sale as the shop shows it. Shipping is a line like any other. */
export interface IntendedLine extends Omit<BasketItem, "unit_price"> {
  /** Price of one unit. */
  readonly price: Money;
  readonly tax_behavior: TaxBehavior;
}

/** What a shopper was shown. */
export interface BasketIntent {
  readonly lines: readonly IntendedLine[];
  /** Off the whole basket, in the tax behaviour of its prices. It is spread over the lines, never a line of its own. */
  readonly discount?: Money | undefined;
  /** The rounding that Qonto is known to use, or what is left of it after `narrowPolicies`. Unknown where absent or empty. */
  readonly policy?: RoundingPolicy | readonly RoundingPolicy[] | undefined;
}
