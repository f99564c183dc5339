import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundTogether, spread } from "../../src/money/spread.ts";
import { runs } from "./arbitrary-baskets.ts";

describe("spread", () => {
  it.each([
    ["nothing left over", 10n, [1n, 1n], [5n, 5n]],
    ["the cent to the largest remainder", 10n, [1n, 5n, 3n], [1n, 6n, 3n]],
    ["the last of them, when its remainder is the largest", 5n, [4n, 4n, 5n], [2n, 1n, 2n]],
    ["the cents to the earlier ones of equal remainders", 2n, [1n, 1n, 1n], [1n, 1n, 0n]],
    ["nothing to a weight of zero", 1n, [0n, 3n, 0n], [0n, 1n, 0n]],
    ["nothing over nothing", 0n, [0n, 0n], [0n, 0n]],
    ["anything over no weights", 0n, [], []],
  ])("gives %s", (_, total, weights, shares) => {
    expect(spread(total, weights)).toEqual(shares);
  });

  it("adds up, stays within a unit of the exact share, and favours no smaller remainder", () => {
    const weights = fc.array(fc.bigInt(0n, 10_000n), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(weights, fc.bigInt(0n, 100_000n), (some, total) => {
        const sum = some.reduce((all, weight) => all + weight, 0n);
        fc.pre(sum > 0n);
        const shares = spread(total, some);
        expect(shares.reduce((all, share) => all + share, 0n)).toBe(total);
        const parts = some.map((weight, index) => ({
          up: (shares[index] ?? 0n) - (total * weight) / sum,
          remainder: (total * weight) % sum,
        }));
        for (const { up } of parts) expect(up === 0n || up === 1n).toBe(true);
        const least = parts.filter(({ up }) => up === 1n).map(({ remainder }) => remainder);
        const most = parts.filter(({ up }) => up === 0n).map(({ remainder }) => remainder);
        for (const lucky of least) for (const other of most) expect(lucky >= other).toBe(true);
      }),
      runs(1000),
    );
  });
});

describe("roundTogether", () => {
  it.each([
    ["the sum, rounded half up", [5n, 5n, 5n], [1n, 1n, 0n]],
    ["a half of one alone up", [5n], [1n]],
    ["less than a half down", [4n], [0n]],
    ["what is whole as it is", [50n, 9n, 10n, 8n], [5n, 1n, 1n, 1n]],
    ["nothing of nothing", [0n, 0n], [0n, 0n]],
    ["no parts", [], []],
  ])("gives %s", (_, dividends, parts) => {
    expect(roundTogether(dividends, 10n)).toEqual(parts);
  });
});
