import type { Money } from "../../money/money.ts";
import type { RoundingPolicy } from "../../money/rounding-policy.ts";
import type { BasketItem } from "../../qonto/payment-link.ts";
import type { Page } from "../values/page.ts";

interface ProductBase {
  /** Name in the page: `product="mug"`. Lower-case letters, digits, `-` and `_`. */
  readonly id: string;
  /** What the shopper reads on the pay page. */
  readonly title: string;
  readonly description?: string | undefined;
  readonly type: "good" | "service";
  /** Percentage as a decimal string, "21.0". */
  readonly vat_rate: string;
  /** Allows a `vat_rate` above 0 and below 1, such as 0.9 in Corsica. Without it one is rejected as a fraction. */
  readonly allow_small_vat_rate?: boolean | undefined;
}

/** A product with a price of the merchant's. */
export interface FixedPriceProduct extends ProductBase {
  readonly price: Money;
  /** Whether `price` contains the VAT. */
  readonly tax_behavior: "inclusive" | "exclusive";
  /** Whole numbers; 1 and 99 where the merchant says nothing. */
  readonly min_quantity: number;
  readonly max_quantity: number;
}

/** A product whose amount the shopper chooses within bounds (donations, tips). Amounts contain the VAT. */
export interface OpenAmountProduct extends ProductBase {
  readonly open_amount: { readonly min: Money; readonly max: Money };
}

export type Product = FixedPriceProduct | OpenAmountProduct;

/**
 * The body of `PATCH /v1/products/{id}`. A field that is absent stays as it is; null removes an optional one, or brings its
 * default back. `price` and `open_amount` replace each other, with the fields that only the other kind of product has.
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

/** The answer of `GET /v1/products`, by id. */
export type ProductPage = Page<Product>;

/** The query of `GET /v1/products`. */
export interface ProductsQuery {
  /** Id of the last product of the page before. */
  readonly after?: string | undefined;
  /** 1 to 100; 100 where not given. */
  readonly limit?: number | undefined;
}

/** The answer of `PUT` and `GET /v1/products/{id}`. */
export interface ProductAnswer {
  readonly product: Product;
  /** What a shopper of the smallest quantity sees on the pay page. Null for an open amount: every amount comes out. */
  readonly preview: {
    /** What the shopper pays, VAT included. */
    readonly amount: Money;
    readonly lines: readonly BasketItem[];
    readonly needs_more_than_one_line: boolean;
    /** One English sentence: why the lines look as they do. */
    readonly why: string;
  } | null;
  /** The ways of rounding that explain every amount Qonto has answered so far. Empty: none that is known. */
  readonly rounding_policies: readonly RoundingPolicy[];
}
