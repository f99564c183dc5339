import { assertPayableSize, toMinorUnits } from "./amount.ts";
import type { BasketIntent, IntendedLine } from "./basket-intent.ts";
import type { Decimal } from "./decimal.ts";
import { commonOne, scaledQuantity } from "./exact-line.ts";
import { MoneyError } from "./money-error.ts";
import { readQuantity } from "./quantity.ts";
import { oneCurrency } from "./read-items.ts";
import { divideRounded } from "./rounding.ts";
import { spreadDiscount } from "./spread-discount.ts";
import { sum } from "./sum.ts";
import { parseVatRate, WHOLE } from "./vat-rate.ts";

/** A line with what it has to come to, in whole numbers. */
export interface WantedLine {
  readonly source: IntendedLine;
  /** In units of one over the basket's `one`. */
  readonly quantity: bigint;
  /** In ten-thousandths of a percent. */
  readonly rate: bigint;
  /** Net of the whole line after its discount, in minor units: `net.dividend / net.divisor`, not rounded. */
  readonly net: { readonly dividend: bigint; readonly divisor: bigint };
  /** Gross of the whole line after its discount as the shopper was shown it, in minor units. */
  readonly gross: bigint;
  /** Whether `net` is the merchant's own net price, which shoppers know and which should stay as it is. */
  readonly listed: boolean;
}

/** What a basket has to come to. */
export interface WantedBasket {
  readonly lines: readonly WantedLine[];
  /** The quantity 1, in the unit of the lines' quantities. */
  readonly one: bigint;
  readonly currency: string;
  /** The gross that the shopper was shown, in minor units. */
  readonly shown: bigint;
}

/**
 * Reads what the shopper was shown. An inclusive line shows price times quantity; an exclusive line shows its net plus
 * VAT, which shops show line by line. Both are rounded half up to minor units, and the shown amount is their sum.
 *
 * @throws {MoneyError} as `buildBasket`
 */
export function readIntent(intent: BasketIntent): WantedBasket {
  const sources = intent.lines;
  const currency = oneCurrency(
    sources.map((line) => line.price),
    (index) => `lines[${index}].price.currency`,
    "lines",
  );
  const quantities = sources.map((line, index) => readQuantity(line.quantity, `lines[${index}].quantity`));
  const one = commonOne(quantities);
  const priced = sources.map((source, index) => {
    const quantity = scaledQuantity(quantities[index] as Decimal, one);
    return {
      source,
      quantity,
      rate: parseVatRate(source.vat_rate, `lines[${index}].vat_rate`),
      amount: toMinorUnits(source.price, `lines[${index}].price`) * quantity,
    };
  });
  const discounts = spreadDiscount(
    intent,
    currency,
    priced.map(({ amount, rate }) => ({ amount: amount / one, rate })),
  );
  const lines = priced.map(({ source, quantity, rate, amount }, index): WantedLine => {
    const discount = discounts[index] as bigint;
    const discounted = amount - discount * one;
    if (source.tax_behavior === "inclusive") {
      const gross = divideRounded(discounted, one, "half_up");
      return { source, quantity, rate, gross, net: { dividend: gross * WHOLE, divisor: WHOLE + rate }, listed: false };
    }
    const gross = divideRounded(discounted * (WHOLE + rate), one * WHOLE, "half_up");
    return { source, quantity, rate, gross, net: { dividend: discounted, divisor: one }, listed: discount === 0n };
  });
  const shown = sum(lines, (line) => line.gross);
  if (shown === 0n) throw new MoneyError("zero_amount", "lines", "A basket of nothing can't be paid.");
  assertPayableSize(shown, currency, "lines");
  return { lines, one, currency, shown };
}
