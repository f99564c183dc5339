/** A decimal string of at most four decimals, which is what any currency has, as a whole number of ten-thousandths. */
export function tenThousandths(value: string): bigint {
  const [whole = "", decimals = ""] = value.split(".");
  return BigInt(whole + decimals.padEnd(4, "0"));
}
