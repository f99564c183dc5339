import { assertPayableSize, MILLIONTHS, toMillionths, toMinorUnits } from "../amount.ts";
import type { BasketIntent, IntendedLine } from "./basket-intent.ts";
import type { Decimal } from "../decimal.ts";
import { commonOne, scaledQuantity } from "../exact-line.ts";
import { MoneyError } from "../money-error.ts";
import { numberOf, readQuantity } from "../quantity.ts";
import { oneCurrency } from "../read-items.ts";
import { divideRounded } from "../rounding.ts";
import { roundTogether } from "../spread.ts";
import { spreadDiscount, spreadStoreCredit } from "./spread-reduction.ts";
import { sum } from "../sum.ts";
import { parseVatRate, WHOLE } from "../vat-rate.ts";

/** A line with its target amounts, in whole numbers. */
export interface WantedLine {
  readonly source: IntendedLine;
  /** In units of one over the basket's `one`. */
  readonly quantity: bigint;
  /** The same quantity as a JSON number. */
  readonly count: number;
  /** In ten-thousandths of a percent. */
  readonly rate: bigint;
  /** Net of the whole line after reductions, in minor units: `net.dividend / net.divisor`, not rounded. */
  readonly net: { readonly dividend: bigint; readonly divisor: bigint };
  /** Gross of the whole line after reductions, as shown to the shopper, in minor units. */
  readonly gross: bigint;
  /** Whether `net` is the merchant's own net price, which shoppers know and which should not change. */
  readonly listed: boolean;
}

/** A basket with its target amount. */
export interface WantedBasket {
  readonly lines: readonly WantedLine[];
  /** The quantity 1, in the unit of the lines' quantities. */
  readonly one: bigint;
  readonly currency: string;
  /** The gross that the shopper was shown, in minor units. */
  readonly shown: bigint;
}

/** A line after reading, in the unit of `ReadBasket.unit`. */
interface ReadLine extends Pick<WantedLine, "source" | "quantity" | "count" | "rate"> {
  /** The price of the line in its tax behaviour. */
  readonly amount: bigint;
}

interface ReadBasket {
  readonly lines: readonly ReadLine[];
  readonly one: bigint;
  /** One minor unit of the currency, expressed in the unit of the lines' amounts. */
  readonly unit: bigint;
  readonly currency: string;
}

/**
 * Reads the amounts that the shopper was shown. An inclusive line shows price times quantity; an exclusive line shows
 * its net plus VAT, which shops show line by line. Both are rounded half up to minor units. Lines with unrounded totals
 * are added up first, and their sum is rounded half up. The shown amount is the sum, minus the amount paid by other
 * means.
 *
 * @throws {MoneyError} the errors of `buildBasket`
 */
export function readIntent(intent: BasketIntent): WantedBasket {
  const { lines: read, one, unit, currency } = readLines(intent.lines);
  const discounts = spreadDiscount(
    intent,
    currency,
    read.map(({ amount, rate }) => ({ amount: amount / unit, rate })),
  );
  const discounted = read.map((line, index) => ({
    ...line,
    amount: line.amount - (discounts[index] as bigint) * unit,
  }));
  const grosses = roundedGrosses(discounted, unit);
  const credits = spreadStoreCredit(
    intent,
    currency,
    discounted.map(({ rate }, index) => ({ amount: grosses[index] as bigint, rate })),
  );
  const lines = discounted.map(({ amount, ...line }, index): WantedLine => {
    const credit = credits[index] as bigint;
    const gross = (grosses[index] as bigint) - credit;
    if (line.source.tax_behavior === "exclusive" && line.source.price !== undefined && credit === 0n) {
      return { ...line, gross, net: { dividend: amount, divisor: unit }, listed: discounts[index] === 0n };
    }
    return { ...line, gross, net: { dividend: gross * WHOLE, divisor: WHOLE + line.rate }, listed: false };
  });
  const shown = sum(lines, (line) => line.gross);
  if (shown === 0n) throw new MoneyError("zero_amount", "lines", "An empty basket can't be paid.");
  assertPayableSize(shown, currency, "lines");
  return { lines, one, currency, shown };
}

function readLines(sources: readonly IntendedLine[]): ReadBasket {
  const currency = oneCurrency(
    sources.map((line) => line.price ?? line.line_total),
    (index) => `lines[${index}].${sources[index]?.price === undefined ? "line_total" : "price"}.currency`,
    "lines",
  );
  const quantities = sources.map((line, index) => readQuantity(line.quantity, `lines[${index}].quantity`));
  const one = commonOne(quantities);
  // A finer unit is used only if an amount needs it, because small numbers are added up faster.
  const fine = sources.some((line) => line.price === undefined) ? MILLIONTHS : 1n;
  const lines = sources.map((source, index): ReadLine => {
    const quantity = scaledQuantity(quantities[index] as Decimal, one);
    return {
      source,
      quantity,
      count: numberOf(quantities[index] as Decimal),
      rate: parseVatRate(source.vat_rate, `lines[${index}].vat_rate`),
      amount:
        source.price === undefined
          ? toMillionths(source.line_total, `lines[${index}].line_total`) * one
          : toMinorUnits(source.price, `lines[${index}].price`) * quantity * fine,
    };
  });
  return { lines, one, unit: one * fine, currency };
}

/** Returns the amount shown to the shopper for each line, in minor units. */
function roundedGrosses(lines: readonly ReadLine[], unit: bigint): bigint[] {
  const exact = lines.map(({ source, amount, rate }) =>
    source.tax_behavior === "inclusive" ? amount * WHOLE : amount * (WHOLE + rate),
  );
  const grosses = exact.map((gross) => divideRounded(gross, unit * WHOLE, "half_up"));
  const totaled = [...lines.keys()].filter((index) => lines[index]?.source.price === undefined);
  const ofTotals = roundTogether(
    totaled.map((index) => exact[index] as bigint),
    unit * WHOLE,
  );
  for (const [place, index] of totaled.entries()) grosses[index] = ofTotals[place] as bigint;
  return grosses;
}
