/**
 * Returns an amount in cents, so that amounts are compared as numbers: "23.8" and "23.80" are both 2380.
 *
 * @param amount a decimal text with 2 decimals at most, zeros at the end aside.
 * @returns an integer. NaN, which equals nothing, for any other text.
 */
export function centsOf(amount: string): number {
  const [, euros = "", cents = ""] = /^(\d{1,9})(?:\.(\d{1,2})0*)?$/.exec(amount) ?? [];
  return euros === "" ? Number.NaN : Number(euros + cents.padEnd(2, "0"));
}
