import type { BasketItem } from "../qonto/payment-link.ts";
import { toMinorUnits } from "./amount.ts";
import { unitPriceDecimals } from "./currency.ts";
import { commonOne, type ExactBasket, scaledQuantity } from "./exact-line.ts";
import type { Money } from "./money.ts";
import { MoneyError } from "./money-error.ts";
import { readQuantity } from "./quantity.ts";
import { parseVatRate } from "./vat-rate.ts";

/** The fields of a basket item that calculations use. */
export type PriceableItem = Pick<BasketItem, "quantity" | "unit_price" | "vat_rate">;

/** Reads the items as whole numbers, and their currency. Throws the errors of `priceBasket`. */
export function readItems(items: readonly PriceableItem[]): ExactBasket & { readonly currency: string } {
  const currency = oneCurrency(
    items.map((item) => item.unit_price),
    (index) => `items[${index}].unit_price.currency`,
    "items",
  );
  const quantities = items.map((item, index) => readQuantity(item.quantity, `items[${index}].quantity`));
  const one = commonOne(quantities);
  const lines = items.map((item, index) => ({
    price: toMinorUnits(item.unit_price, `items[${index}].unit_price`, unitPriceDecimals(currency)),
    quantity: scaledQuantity(quantities[index] as (typeof quantities)[number], one),
    rate: parseVatRate(item.vat_rate, `items[${index}].vat_rate`),
  }));
  return { lines, one, currency };
}

/** @throws {MoneyError} `empty_basket` (param `all`) or `mixed_currencies` (param of the first that differs) */
export function oneCurrency(amounts: readonly Money[], paramOf: (index: number) => string, all: string): string {
  const [first] = amounts;
  if (first === undefined) throw new MoneyError("empty_basket", all, "A basket has at least one line.");
  const other = amounts.findIndex((amount) => amount.currency !== first.currency);
  if (other !== -1) {
    throw new MoneyError("mixed_currencies", paramOf(other), "All amounts of a basket share one currency.");
  }
  return first.currency;
}
