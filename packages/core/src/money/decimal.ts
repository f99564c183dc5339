import { divideRounded } from "./rounding.ts";

/** An exact non-negative decimal number: `digits / 10 ** scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/**
 * Digits, and a point only between digits. At most 15 before and 30 after it, to limit the work that a hostile text
 * causes.
 */
const PLAIN = /^(\d{1,15})(?:\.(\d{1,30}))?$/;

/**
 * Reads "13.30". Returns null for any other text, such as a sign, an exponent, a comma, a space, "1." or ".5". Trailing
 * zeros do not count as decimals: "12.0000" is 12.
 */
export function parseDecimal(text: string): Decimal | null {
  const match = typeof text === "string" ? PLAIN.exec(text) : null;
  if (match === null) return null;
  const [, whole = "", written = ""] = match;
  const decimals = written.replace(/0+$/, "");
  return { digits: BigInt(whole + decimals), scale: decimals.length };
}

/** Returns the same decimal without the zeros after its second decimal: "20.00" for "20.0000", and "20.0" unchanged. */
export function trimZeros(decimal: string): string {
  return decimal.replace(/(\.\d\d\d*?)0+$/, "$1");
}

/**
 * Reads a JSON number through its shortest decimal form, so that 0.1 is one tenth and not the nearest binary fraction.
 * Returns null for a number without such a form: negative, not finite, below 1e-6 or from 1e21 on ("1e-7", "1e+21").
 */
export function decimalOfNumber(number: number): Decimal | null {
  return typeof number === "number" ? parseDecimal(String(number)) : null;
}

/** Returns `value` in units of `10 ** -scale`, which must have room for all of its decimals. */
export function toScale(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

/** Returns `value` in units of `10 ** -scale`, rounded half up if it has more decimals. */
export function roundToScale(value: Decimal, scale: number): bigint {
  if (value.scale <= scale) return toScale(value, scale);
  return divideRounded(value.digits, 10n ** BigInt(value.scale - scale), "half_up");
}

/** Writes `units * 10 ** -scale` with exactly `scale` decimals: `(1330n, 2)` is "13.30". */
export function formatScaled(units: bigint, scale: number): string {
  const text = units.toString().padStart(scale + 1, "0");
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
