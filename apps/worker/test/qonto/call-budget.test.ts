import fc from "fast-check";
import { expect, it } from "vitest";
import { CallBudget, fullAllowance } from "../../src/qonto/call-budget.ts";
import { PRIORITIES, type Priority } from "../../src/qonto/priority.ts";

/** 100 at once, then 10 a second. */
const SIZE = { burst: 100, perMs: 0.01 };
const START = 1_700_000_000_000;

function newBudget(): CallBudget {
  return new CallBudget(SIZE, fullAllowance(SIZE), START);
}

/** Uses as many calls as the budget allows at this time. @returns their number. */
function useAll(budget: CallBudget, priority: Priority, now: number): number {
  let used = 0;
  for (; budget.allows(priority, now); used += 1) budget.use(priority);
  return used;
}

it("a budget never allows more than its burst and its rate in any stretch of time", () => {
  const arrivals = fc.array(fc.record({ pause: fc.nat(2_000), priority: fc.constantFrom(...PRIORITIES) }), {
    minLength: 50,
    maxLength: 400,
  });
  fc.assert(
    fc.property(arrivals, (calls) => {
      const budget = newBudget();
      const sent: number[] = [];
      let now = START;
      for (const { pause, priority } of calls) {
        now += pause;
        for (let wait = budget.waitFor(priority, now); wait > 0; wait = budget.waitFor(priority, now)) now += wait;
        budget.use(priority);
        sent.push(now);
      }
      for (const [index, first] of sent.entries()) {
        for (const [later, last] of sent.slice(index).entries()) {
          expect(later + 1).toBeLessThanOrEqual(SIZE.burst + SIZE.perMs * (last - first) + 1e-6);
        }
      }
    }),
    { numRuns: 50 },
  );
});

it.each(PRIORITIES)("the share of %s stays, however much the others use", (priority) => {
  const budget = newBudget();
  for (const other of PRIORITIES) if (other !== priority) useAll(budget, other, START);
  expect(useAll(budget, priority, START)).toBeGreaterThanOrEqual(5);
  // The others take every call that they can, for a minute.
  let own = 0;
  for (let now = START; now < START + 60_000; now += 100) {
    for (const other of PRIORITIES) if (other !== priority) useAll(budget, other, now);
    own += useAll(budget, priority, now);
  }
  expect(own).toBeGreaterThanOrEqual(60 * 1_000 * SIZE.perMs * 0.05 - 1);
});

it("a priority can use what the others leave", () => {
  const budget = newBudget();
  expect(useAll(budget, "shopper", START)).toBe(75);
  // The shares of the others are full, so all that is added is common.
  expect(useAll(budget, "shopper", START + 5_000)).toBe(50);
});

it("upkeep leaves half of the common calls to the others", () => {
  const budget = newBudget();
  expect(useAll(budget, "upkeep", START)).toBe(37);
  expect(useAll(budget, "shopper", START)).toBeGreaterThanOrEqual(42);
});

it("a budget continues from what was left, and a clock that was set back adds nothing", () => {
  const budget = newBudget();
  useAll(budget, "shopper", START);
  const continued = new CallBudget(SIZE, budget.left(), START);
  expect(useAll(continued, "shopper", START)).toBe(0);
  expect(useAll(continued, "shopper", START - 86_400_000)).toBe(0);
  expect(useAll(continued, "shopper", START - 86_400_000 + 1_000)).toBe(10);
});
