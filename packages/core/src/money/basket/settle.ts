import type { DraftLine } from "./draft-line.ts";
import { exactGross } from "../exact-line.ts";
import { grossUnder } from "../gross-under.ts";
import { divideRounded } from "../rounding.ts";
import type { RoundingPolicy } from "../rounding-policy.ts";
import { WHOLE } from "../vat-rate.ts";

/** The total that the drafted lines must reach, and the policies under which they must reach it. */
export interface Goal {
  /** In minor units. */
  readonly gross: bigint;
  readonly policies: readonly RoundingPolicy[];
  /** The quantity 1, in the unit of the lines' quantities. */
  readonly one: bigint;
  /** The smallest step of a unit price, in minor units. */
  readonly step: bigint;
}

/** The maximum number of pricings of a basket in one search: it limits the work that a hostile basket can cause. */
const MOST_TRIES = 150;

/** The gross of a line may differ from the amount shown for it by at most this many steps of a price. */
const MOST_OFF = 2n;

/** The lines to move, with the number of steps for each. */
type Move = readonly (readonly [index: number, steps: bigint])[];

/**
 * Moves net unit prices by a cent here and there until the lines reach the goal under every one of its policies: lines
 * at the nearest cent often miss it by the sum of their rounding. Fixed prices stay. Returns null if no such prices
 * were found.
 */
export function settle(start: readonly DraftLine[], goal: Goal): readonly DraftLine[] | null {
  let lines = start;
  let missed = missOf(lines, goal, null);
  let tries = 1;
  while (missed > 0n) {
    let better: readonly DraftLine[] | null = null;
    for (const move of movesOf(start)) {
      const moved = apply(move, lines, goal);
      if (moved === null) continue;
      if ((tries += 1) > MOST_TRIES) return null;
      const stillMissed = missOf(moved, goal, missed);
      if (stillMissed >= missed) continue;
      better = moved;
      missed = stillMissed;
      break;
    }
    if (better === null) return null;
    lines = better;
  }
  return lines;
}

/**
 * Returns how far the lines are from the goal, in minor units, summed over all of its policies; it stops counting at
 * `enough`.
 */
function missOf(lines: readonly DraftLine[], { gross, policies, one }: Goal, enough: bigint | null): bigint {
  let missed = 0n;
  for (const policy of policies) {
    const difference = grossUnder({ lines, one }, policy) - gross;
    missed += difference < 0n ? -difference : difference;
    if (enough !== null && missed >= enough) return missed;
  }
  return missed;
}

/** Proposes one line up or down, then one up and another down, which leaves their sum almost unchanged. */
function* movesOf(lines: readonly DraftLine[]): Generator<Move> {
  const movable = [...lines.keys()].filter((index) => lines[index]?.fixed === false);
  for (const index of movable) yield [[index, -1n]];
  for (const index of movable) yield [[index, 1n]];
  for (const up of movable) {
    for (const down of movable) {
      if (up !== down) {
        yield [
          [up, 1n],
          [down, -1n],
        ];
      }
    }
  }
}

/**
 * Returns the lines after a move, or null if it would take a price below zero or a line too far from the amount shown
 * for it.
 */
function apply(move: Move, lines: readonly DraftLine[], { one, step }: Goal): readonly DraftLine[] | null {
  const moved = [...lines];
  for (const [index, steps] of move) {
    const line = lines[index] as DraftLine;
    const price = line.price + steps * step;
    if (price < 0n || !isNearShown({ ...line, price }, one, step)) return null;
    moved[index] = { ...line, price };
  }
  return moved;
}

/** Returns whether a line alone reaches the amount shown for it, within `MOST_OFF` steps. */
export function isNearShown(line: DraftLine, one: bigint, step: bigint): boolean {
  const off = divideRounded(exactGross(line), one * WHOLE, "half_up") - line.wanted.gross;
  return -MOST_OFF * step <= off && off <= MOST_OFF * step;
}
