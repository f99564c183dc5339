/** Returns the sum of the sizes of the parts. */
export function sum<Part>(parts: Iterable<Part>, size: (part: Part) => bigint): bigint {
  let total = 0n;
  for (const part of parts) total += size(part);
  return total;
}
