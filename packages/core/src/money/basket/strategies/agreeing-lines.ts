import {
  collapsedDraft,
  type DraftLine,
  exactDraft,
  nearestPrice,
  plainDraft,
  priceStep,
  roundingDraft,
} from "../draft-line.ts";
import { exactGross } from "../../exact-line.ts";
import { comesTo } from "../../gross-under.ts";
import { divideRounded } from "../../rounding.ts";
import { ROUNDING_POLICIES } from "../../rounding-policy.ts";
import { WHOLE } from "../../vat-rate.ts";
import type { WantedBasket, WantedLine } from "../wanted-basket.ts";
import type { Strategy } from "./strategy.ts";

/** The maximum number of steps of a price that a rounding line may make up for before other lines absorb them. */
export const A_CENT_OR_SO = 2n;

/** Most steps by which a price may be lowered: fewer are enough for every rate from 0.1 % on. */
const MOST_STEPS = 1000n;

/**
 * Writes lines that all policies round to the same gross, and a rounding line for the difference to the shown amount.
 *
 * The gross of a line differs from a whole minor unit by a fraction. While the fraction of each line, their sum in each
 * rate and their sum in the basket all stay below one half, the place and the direction of the rounding make no
 * difference. Each line gets the highest net price for which that holds; the amount it lacks goes to the next line or,
 * in the end, to the rounding line. Exact lines have no fraction and stay unchanged. The search fails only if a rate is
 * so low that a price would have to be lowered too far, or if prices of two decimals can't add up to an amount of
 * three.
 */
export const agreeingLines: Strategy = (basket) => {
  const written = new Map<WantedLine, DraftLine>();
  const offOfRates = new Map<bigint, bigint>();
  let offOfAll = 0n;
  let short = 0n;
  // Rates ascending: at a high rate, a price with a fraction of the other sign is only a few cents away.
  for (const wanted of basket.lines.toSorted((a, b) => Number(a.rate - b.rate))) {
    const exact = exactDraft(wanted, basket);
    if (exact !== null) {
      written.set(wanted, exact);
      continue;
    }
    const offOfRate = offOfRates.get(wanted.rate) ?? 0n;
    const fitting = firstFitting(wanted, short, [offOfAll, offOfRate], basket);
    if (fitting === null) return [];
    written.set(wanted, fitting.line);
    offOfAll += fitting.off;
    offOfRates.set(wanted.rate, offOfRate + fitting.off);
    short += wanted.gross - fitting.gross;
  }
  const lines = basket.lines.map((line) => written.get(line) as DraftLine);
  return [short === 0n ? lines : [...lines, roundingDraft(short, basket)]];
};

interface Fitting {
  readonly line: DraftLine;
  /** In minor units. */
  readonly gross: bigint;
  /** The exact gross minus `gross`, in minor units times `one * WHOLE`. */
  readonly off: bigint;
}

/**
 * Returns the line at the first price whose fraction fits each of the sums, and which leaves an amount that a rounding
 * line can add.
 */
function firstFitting(
  wanted: WantedLine,
  short: bigint,
  sums: readonly bigint[],
  basket: WantedBasket,
): Fitting | null {
  const unit = basket.one * WHOLE;
  const step = priceStep(basket.currency);
  for (const line of waysToPrice(wanted, short, basket)) {
    const exact = exactGross(line);
    const gross = divideRounded(exact, unit, "half_up");
    const off = exact - gross * unit;
    const missing = wanted.gross + short - gross;
    if (missing < 0n || missing % step !== 0n) continue;
    if (isUnderHalf(off, unit) && sums.every((other) => isUnderHalf(other + off, unit))) return { line, gross, off };
  }
  return null;
}

/**
 * Proposes the line as the merchant wrote it, then as one thing, then as one thing that absorbs the amount that the
 * lines before lack.
 */
function* waysToPrice(wanted: WantedLine, short: bigint, basket: WantedBasket): Generator<DraftLine> {
  const step = priceStep(basket.currency);
  const collapsed = collapsedDraft(wanted, basket);
  if (short <= A_CENT_OR_SO * step) {
    const plain = plainDraft(wanted, basket);
    const whole = wanted.quantity % basket.one === 0n;
    if (whole && comesTo(wanted.gross, { lines: [plain], one: basket.one }, ROUNDING_POLICIES)) yield plain;
    yield collapsed;
  }
  const highest = nearestPrice((wanted.gross + short) * WHOLE, WHOLE + wanted.rate, step);
  for (let steps = 0n; steps <= MOST_STEPS && steps * step <= highest; steps += 1n) {
    yield { ...collapsed, price: highest - steps * step };
  }
}

function isUnderHalf(fraction: bigint, unit: bigint): boolean {
  return -unit < fraction * 2n && fraction * 2n < unit;
}
