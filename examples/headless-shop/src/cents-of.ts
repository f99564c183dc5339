/**
 * Returns an amount in cents, rounded half up, so that amounts are compared as numbers: "23.8" and "23.80" are both 2380.
 *
 * @param amount a decimal text. A platform that computes with more decimals than the currency passes "23.805".
 * @returns an integer. NaN, which equals nothing, for any other text.
 */
export function centsOf(amount: string): number {
  const [, euros = "", decimals = ""] = /^(\d{1,9})(?:\.(\d+))?$/.exec(amount) ?? [];
  if (euros === "") return Number.NaN;
  const isUp = Number(decimals[2] ?? 0) >= 5;
  return Number(euros + decimals.slice(0, 2).padEnd(2, "0")) + (isUp ? 1 : 0);
}

/** Writes an amount as the Worker takes it, rounded to cents: "23.81" for "23.805". @throws RangeError for no amount */
export function roundToCents(amount: string): string {
  const cents = centsOf(amount);
  if (Number.isNaN(cents)) throw new RangeError(`"${amount}" is no amount.`);
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}
