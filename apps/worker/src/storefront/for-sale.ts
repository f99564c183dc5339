import type { Money } from "@qonto-pay/core/money";

/** A product as the shopper sees it before paying. */
export interface ForSale {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  /** Percentage as a decimal string. */
  readonly vatRate: string;
  /** The payee's name, as stored at Qonto; null: unknown. */
  readonly payee: string | null;
  /** The price including VAT, or the bounds within which the shopper chooses it. */
  readonly price: FixedPrice | OpenPrice;
}

interface FixedPrice {
  readonly kind: "fixed";
  /** The requested quantity, else the product's minimum. */
  readonly quantity: number;
  /** The total for this quantity. */
  readonly amount: Money;
}

interface OpenPrice {
  readonly kind: "open";
  readonly min: Money;
  readonly max: Money;
}
