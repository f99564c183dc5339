import { describe, expect, it } from "vitest";
import { comparePairs } from "./pairs.ts";

const LIMIT = 1.1;

/** Numbers from 0 to 1 that are the same in each run (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Machines, by the factor that each of their times is multiplied with. */
const MACHINES: Readonly<Record<string, (random: () => number) => () => number>> = {
  "a quiet machine": (random) => () => 1 + random() / 10,
  "a machine that is eight times slower": (random) => () => 8 + random(),
  "a machine on which a third of the times are disturbed": (random) => () =>
    1 + random() / 10 + (random() < 1 / 3 ? random() : 0),
  "a machine that becomes four times slower meanwhile": (random) => {
    let slowness = 1;
    return () => (slowness = Math.min(4, slowness * 1.01)) + random() / 10;
  },
};

const compareOn = (machine: string, ratio: number, seed: number) => {
  const factor = MACHINES[machine]?.(numbersFrom(seed)) ?? (() => NaN);
  return comparePairs(
    async () => 20 * ratio * factor(),
    async () => 20 * factor(),
    LIMIT,
    400,
  );
};

const SEEDS = Array.from({ length: 50 }, (_, seed) => seed);

describe.each(Object.keys(MACHINES))("%s", (machine) => {
  it("confirms a ratio of 1.03", async () => {
    const comparisons = await Promise.all(SEEDS.map((seed) => compareOn(machine, 1.03, seed)));
    expect(comparisons.map(({ holds }) => holds)).toEqual(SEEDS.map(() => true));
  });

  it("rejects a ratio of 1.17", async () => {
    const comparisons = await Promise.all(SEEDS.map((seed) => compareOn(machine, 1.17, seed)));
    expect(comparisons.map(({ holds }) => holds)).toEqual(SEEDS.map(() => false));
  });
});

it("a clear ratio needs few pairs, and a ratio at the limit is not confirmed", async () => {
  const clear = await compareOn("a quiet machine", 1, 1);
  expect(clear.pairs).toHaveLength(20);
  const close = await compareOn("a quiet machine", LIMIT, 1);
  expect(close.pairs).toHaveLength(400);
  expect(close.holds).toBe(false);
  expect(close.low).toBeLessThan(LIMIT);
  expect(close.high).toBeGreaterThan(LIMIT);
});

it("seven pairs confirm nothing", async () => {
  const { pairs, holds } = await comparePairs(
    async () => 1,
    async () => 1,
    LIMIT,
    7,
  );
  expect(pairs).toHaveLength(7);
  expect(holds).toBe(false);
});

it("each button is the first of every other pair, and the first pair is not counted", async () => {
  const order: string[] = [];
  const { pairs } = await comparePairs(
    async () => order.push("ours"),
    async () => order.push("theirs"),
    LIMIT,
    2,
  );
  expect(order).toEqual(["ours", "theirs", "theirs", "ours", "ours", "theirs"]);
  expect(pairs).toEqual([
    { ours: 4, theirs: 3 },
    { ours: 5, theirs: 6 },
  ]);
});
