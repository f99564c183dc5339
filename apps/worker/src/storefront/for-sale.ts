import type { Money } from "@qonto-pay/core/money";

/** A product as its shopper sees it before they pay. */
export interface ForSale {
  readonly id: string;
  readonly title: string;
  readonly description: string | null;
  /** Percentage as a decimal string. */
  readonly vatRate: string;
  /** The name of who is paid, as Qonto has it; null where it is not known. */
  readonly payee: string | null;
  /** What it costs, VAT included; or, where the shopper chooses, within which bounds. */
  readonly price: FixedPrice | OpenPrice;
}

interface FixedPrice {
  readonly kind: "fixed";
  /** As asked for, else the smallest that may be bought. */
  readonly quantity: number;
  /** Of all of them. */
  readonly amount: Money;
}

interface OpenPrice {
  readonly kind: "open";
  readonly min: Money;
  readonly max: Money;
}
