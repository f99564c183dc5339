import type { Decimal } from "./decimal.ts";
import { WHOLE } from "./vat-rate.ts";

/** One line of a basket in whole numbers, for calculations. */
export interface ExactLine {
  /** Net price of one unit, in minor units. */
  readonly price: bigint;
  /** The unit is 1 divided by the basket's `ExactBasket.one`. */
  readonly quantity: bigint;
  /** In ten-thousandths of a percent. */
  readonly rate: bigint;
}

/** Lines whose quantities have a common unit, so that their sums stay whole numbers. */
export interface ExactBasket {
  readonly lines: readonly ExactLine[];
  /** The quantity 1: a power of ten. */
  readonly one: bigint;
}

/** Returns the quantity 1 in the coarsest unit in which all quantities are whole. */
export function commonOne(quantities: readonly Decimal[]): bigint {
  return 10n ** BigInt(Math.max(0, ...quantities.map((quantity) => quantity.scale)));
}

/** Returns a quantity as a multiple of 1/`one`, the common denominator that `commonOne` found. */
export function scaledQuantity(quantity: Decimal, one: bigint): bigint {
  return (quantity.digits * one) / 10n ** BigInt(quantity.scale);
}

/** Returns the line's net. The unit is a minor unit divided by `one`. */
export function exactNet(line: ExactLine): bigint {
  return line.price * line.quantity;
}

/** Returns the line's VAT. The unit is a minor unit divided by `one * WHOLE`. */
export function exactVat(line: ExactLine): bigint {
  return line.price * line.quantity * line.rate;
}

/** Returns the line's gross. The unit is a minor unit divided by `one * WHOLE`. */
export function exactGross(line: ExactLine): bigint {
  return line.price * line.quantity * (WHOLE + line.rate);
}

/** Groups the lines by rate, in the order in which the rates first occur. */
export function linesByRate<Line extends Pick<ExactLine, "rate">>(lines: readonly Line[]): Map<bigint, Line[]> {
  const groups = new Map<bigint, Line[]>();
  for (const line of lines) {
    const group = groups.get(line.rate);
    if (group === undefined) groups.set(line.rate, [line]);
    else group.push(line);
  }
  return groups;
}
