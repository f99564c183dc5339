/** An exact decimal number that is not negative: `digits / 10 ** scale`. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

/** Digits, and a point only between digits. At most 15 before and 30 after it, so that a hostile text stays cheap. */
const PLAIN = /^(\d{1,15})(?:\.(\d{1,30}))?$/;

/** Reads "13.30"; null for anything else, such as a sign, an exponent, a comma, a space, "1." or ".5". */
export function parseDecimal(text: string): Decimal | null {
  const match = typeof text === "string" ? PLAIN.exec(text) : null;
  if (match === null) return null;
  const [, whole = "", decimals = ""] = match;
  return { digits: BigInt(whole + decimals), scale: decimals.length };
}

/**
 * Takes a JSON number through its shortest decimal form, so that 0.1 is one tenth and not the nearest binary fraction.
 * Null for what that form can't say plainly: negative, not finite, below 1e-6 or from 1e21 on ("1e-7", "1e+21").
 */
export function decimalOfNumber(number: number): Decimal | null {
  return typeof number === "number" ? parseDecimal(String(number)) : null;
}

/** `value` in units of `10 ** -scale`, which must have room for all of its decimals. */
export function toScale(value: Decimal, scale: number): bigint {
  return value.digits * 10n ** BigInt(scale - value.scale);
}

/** Writes `units * 10 ** -scale` with exactly `scale` decimals: `(1330n, 2)` is "13.30". */
export function formatScaled(units: bigint, scale: number): string {
  const text = units.toString().padStart(scale + 1, "0");
  return scale === 0 ? text : `${text.slice(0, -scale)}.${text.slice(-scale)}`;
}
