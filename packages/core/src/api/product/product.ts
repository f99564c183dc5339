import type { Money } from "../../money/money.ts";
import type { RoundingPolicy } from "../../money/rounding-policy.ts";
import type { BasketItem } from "../../qonto/payment-link.ts";
import type { Page } from "../values/page.ts";

interface ProductBase {
  /** Id in the page: `product="mug"`. Lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  /** The title that the shopper sees on the pay page. */
  readonly title: string;
  readonly description?: string | undefined;
  readonly type: "good" | "service";
  /** Percentage as a decimal string, "21.0". */
  readonly vat_rate: string;
  /**
   * Allows a `vat_rate` above 0 and below 1, such as 0.9 in Corsica. Without it, such a rate is rejected as a fraction.
   */
  readonly allow_small_vat_rate?: boolean | undefined;
}

/** A product with a fixed price. */
export interface FixedPriceProduct extends ProductBase {
  readonly price: Money;
  /** Whether `price` contains the VAT. */
  readonly tax_behavior: "inclusive" | "exclusive";
  /** Whole numbers, 1 and 99 by default. */
  readonly min_quantity: number;
  readonly max_quantity: number;
}

/** A product whose amount the shopper chooses within bounds (donations, tips). Amounts contain the VAT. */
export interface OpenAmountProduct extends ProductBase {
  readonly open_amount: { readonly min: Money; readonly max: Money };
}

export type Product = FixedPriceProduct | OpenAmountProduct;

/**
 * Request body of `PATCH /v1/products/{id}`. An absent field stays unchanged; null removes an optional one, or restores
 * its default. `price` and `open_amount` replace each other, with the fields that only the other kind of product has.
 */
export interface UpdateProductRequest {
  readonly title?: string | undefined;
  readonly description?: string | null | undefined;
  readonly type?: "good" | "service" | null | undefined;
  readonly vat_rate?: string | undefined;
  readonly allow_small_vat_rate?: boolean | null | undefined;
  readonly price?: Money | undefined;
  readonly tax_behavior?: "inclusive" | "exclusive" | undefined;
  readonly min_quantity?: number | null | undefined;
  readonly max_quantity?: number | null | undefined;
  readonly open_amount?: { readonly min: Money; readonly max: Money } | undefined;
}

/** Response of `GET /v1/products`, by id. */
export type ProductPage = Page<Product>;

/** The query of `GET /v1/products`. */
export interface ProductsQuery {
  /** Id of the last product of the previous page. */
  readonly after?: string | undefined;
  /** 1 to 100, 100 by default. */
  readonly limit?: number | undefined;
}

/** Response of `PUT` and `GET /v1/products/{id}`. */
export interface ProductAnswer {
  readonly product: Product;
  /** The pay page for the smallest quantity. Null for an open amount: every amount can be charged exactly. */
  readonly preview: {
    /** What the shopper pays, VAT included. */
    readonly amount: Money;
    readonly lines: readonly BasketItem[];
    readonly needs_more_than_one_line: boolean;
    /** One English sentence that explains the lines. */
    readonly why: string;
  } | null;
  /** The rounding policies that explain every amount that Qonto has answered so far. Empty: no known policy does. */
  readonly rounding_policies: readonly RoundingPolicy[];
}
