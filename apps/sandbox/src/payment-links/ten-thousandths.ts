/** Returns a decimal string as a whole number of ten-thousandths. It has at most four decimals, as in any currency. */
export function tenThousandths(value: string): bigint {
  const [whole = "", decimals = ""] = value.split(".");
  return BigInt(whole + decimals.padEnd(4, "0"));
}
