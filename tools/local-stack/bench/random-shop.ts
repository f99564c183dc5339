import type { ProductToSell } from "../merchants/replace-products.ts";
import type { RandomNumbers } from "./random-numbers.ts";

export type Cart = readonly { readonly product: string; readonly quantity: number }[];

export interface RandomShop {
  readonly products: readonly ProductToSell[];
  readonly carts: readonly Cart[];
}

const PRODUCTS = 60;
/** VAT rates in use in the euro area and near it, in percent. */
const VAT_RATES = ["0", "2.1", "5.5", "7", "9", "10", "19", "20", "21", "22", "25.5"];

/** Creates a catalogue from 0.01 to 200.00 euros, mostly in prices with VAT, and carts of one to six of its lines. */
export function randomShop(carts: number, random: RandomNumbers): RandomShop {
  const upTo = (count: number) => Math.floor(random() * count);
  return {
    products: Array.from({ length: PRODUCTS }, (_, index) => ({
      id: `p${index}`,
      title: `Thing ${index}`,
      price: { value: inEuros(upTo(20_000) + 1), currency: "EUR" },
      tax_behavior: random() < 0.7 ? "inclusive" : "exclusive",
      vat_rate: VAT_RATES[upTo(VAT_RATES.length)],
    })),
    carts: Array.from({ length: carts }, () =>
      Array.from({ length: 1 + upTo(6) }, () => ({ product: `p${upTo(PRODUCTS)}`, quantity: 1 + upTo(12) })),
    ),
  };
}

function inEuros(cents: number): string {
  const digits = `${cents}`.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
