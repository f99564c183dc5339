import type { Product } from "@qonto-pay/core/api";
import {
  type BuiltBasket,
  buildBasket,
  type IntendedLine,
  isAmountWithin,
  MoneyError,
  normalizeAmount,
  type RoundingPolicy,
} from "@qonto-pay/core/money";

/** One requested product. Its price comes from the catalogue. */
export interface RequestedLine {
  readonly product: Product;
  /** 1 by default. */
  readonly quantity?: number | undefined;
  /** Decimal string, VAT included; only for a product with an open amount. */
  readonly amount?: string | undefined;
}

/** Writes the lines of a request so that the amount is right under each of these policies; without any, under all. */
export type BasketWriter = (policies: readonly RoundingPolicy[]) => BuiltBasket;

/** Why a request has no price, and the index of the line that causes it. */
export interface PriceProblem {
  readonly problem: "quantity_out_of_range" | "amount_out_of_range";
  readonly line: number;
}

/**
 * Prices a request from the catalogue: the lines for Qonto, and the amount for the shopper.
 *
 * A quantity is a whole number within the product's bounds. For a product with an open amount, it is 1.
 *
 * @param policies the rounding policies under which the amount must be right; empty: all.
 */
export function priceLines(
  requested: readonly RequestedLine[],
  policies: readonly RoundingPolicy[],
): BuiltBasket | PriceProblem {
  const lines: IntendedLine[] = [];
  for (const [index, line] of requested.entries()) {
    if (isOverTheMost(requested.slice(0, index + 1))) return { problem: "quantity_out_of_range", line: index };
    const intended = "open_amount" in line.product ? withOpenAmount(line) : withFixedPrice(line);
    if (typeof intended === "string") return { problem: intended, line: index };
    lines.push(intended);
  }
  try {
    return buildBasket({ lines, policy: policies });
  } catch (error) {
    // No link can have this basket: the amount is zero, or more than Qonto accepts.
    if (error instanceof MoneyError) return { problem: "amount_out_of_range", line: 0 };
    throw error;
  }
}

/** Whether the last line, together with the lines before it, exceeds the maximum quantity of its product. */
function isOverTheMost(lines: readonly RequestedLine[]): boolean {
  const product = lines.at(-1)?.product;
  if (product === undefined || !("price" in product)) return false;
  const alike = lines.filter((line) => line.product.id === product.id);
  return alike.reduce((sum, { quantity = 1 }) => sum + quantity, 0) > product.max_quantity;
}

function withFixedPrice({ product, quantity = 1, amount }: RequestedLine): IntendedLine | PriceProblem["problem"] {
  if (!("price" in product) || amount !== undefined) return "amount_out_of_range";
  if (!Number.isInteger(quantity) || quantity < product.min_quantity || quantity > product.max_quantity) {
    return "quantity_out_of_range";
  }
  return { ...onPayPage(product), quantity, price: product.price, tax_behavior: product.tax_behavior };
}

function withOpenAmount({ product, quantity = 1, amount }: RequestedLine): IntendedLine | PriceProblem["problem"] {
  if (!("open_amount" in product) || amount === undefined) return "amount_out_of_range";
  if (quantity !== 1) return "quantity_out_of_range";
  const { min, max } = product.open_amount;
  try {
    const price = normalizeAmount({ value: amount, currency: min.currency });
    if (!isAmountWithin(price, min, max)) return "amount_out_of_range";
    return { ...onPayPage(product), quantity, price, tax_behavior: "inclusive" };
  } catch (error) {
    if (error instanceof MoneyError) return "amount_out_of_range";
    throw error;
  }
}

function onPayPage({ title, description, type, vat_rate }: Product) {
  return { title, description, type, vat_rate };
}
