import type { BasketItem } from "../../qonto/payment-link.ts";
import type { Money } from "../money.ts";
import type { RoundingPolicy } from "../rounding-policy.ts";

/** Whether a price contains the VAT. */
export type TaxBehavior = "inclusive" | "exclusive";

interface SoldLine extends Omit<BasketItem, "unit_price"> {
  /** Whether `price`, or `line_total`, contains the VAT. */
  readonly tax_behavior: TaxBehavior;
  /**
   * Allows a `vat_rate` above 0 and below 1, such as 0.9 in Corsica. Without it, requests reject such a rate: "0.2" is
   * almost always a fraction that was meant as "20". Pricing itself accepts any rate.
   */
  readonly allow_small_vat_rate?: boolean | undefined;
}

/** A line with the price of one unit. */
export interface PricedLine extends SoldLine {
  /** Price of one unit. */
  readonly price: Money;
  readonly line_total?: undefined;
}

/** A line of a shop that keeps totals and rounds their sum, such as Medusa. */
export interface TotaledLine extends SoldLine {
  readonly price?: undefined;
  /** The unrounded price of the whole line: "43.092". It is read to six decimals. */
  readonly line_total: Money;
}

/** One thing for sale as the shop shows it. Shipping is a line like any other. */
export type IntendedLine = PricedLine | TotaledLine;

/** The basket that a shopper was shown. */
export interface BasketIntent {
  readonly lines: readonly IntendedLine[];
  /**
   * A discount on the whole basket, in the tax behaviour of its prices. It is spread over the lines, and is never a
   * line of its own.
   */
  readonly discount?: Money | undefined;
  /**
   * The part of the basket that the shopper pays by other means, VAT included: a gift card, store credit. It is
   * subtracted after the discount, in proportion to the prices of the lines with their VAT, and is never a line of its
   * own.
   */
  readonly store_credit?: Money | undefined;
  /** The rounding policies that Qonto may use, as left by `narrowPolicies`. Absent or empty: unknown. */
  readonly policy?: RoundingPolicy | readonly RoundingPolicy[] | undefined;
}
