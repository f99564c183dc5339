import type { RoundingMode } from "./rounding.ts";

/** The level at which a basket is rounded to minor units. */
export type RoundingLevel =
  /** The gross price of one unit, then multiplied by the quantity. */
  | "unit"
  /** The gross of each line. */
  | "line"
  /** The gross of all lines of one VAT rate. */
  | "rate"
  /** The gross of the whole basket, once. */
  | "total"
  /** European e-invoices (EN 16931): the net of each line, then the VAT of each rate. */
  | "en16931";

/** The rule by which net prices become a gross amount. Qonto documents none, so this project knows all of them. */
export interface RoundingPolicy {
  readonly level: RoundingLevel;
  readonly mode: RoundingMode;
}

/** Every policy, each once. */
export const ROUNDING_POLICIES: readonly RoundingPolicy[] = [
  { level: "line", mode: "half_up" },
  { level: "line", mode: "half_even" },
  { level: "rate", mode: "half_up" },
  { level: "rate", mode: "half_even" },
  { level: "total", mode: "half_up" },
  { level: "total", mode: "half_even" },
  { level: "en16931", mode: "half_up" },
  { level: "en16931", mode: "half_even" },
  { level: "unit", mode: "half_up" },
  { level: "unit", mode: "half_even" },
];
