/** The bounds of an amount that the shopper chooses, in cents. */
export interface AmountBounds {
  readonly min: number;
  readonly max: number;
}

/**
 * Parses a typed amount: `25`, `25.5`, `25,50`, with spaces around. Calculates in whole cents, without floats.
 *
 * @returns the amount in the button's format ("25.50"), or null if it is not an amount within the bounds.
 */
export function parseOpenAmount(typed: string, bounds: AmountBounds): string | null {
  const match = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(typed);
  if (match === null) return null;
  const euros = Number(match[1]);
  const decimals = (match[2] ?? "").padEnd(2, "0");
  const cents = euros * 100 + Number(decimals);
  return cents < bounds.min || cents > bounds.max ? null : `${euros}.${decimals}`;
}
