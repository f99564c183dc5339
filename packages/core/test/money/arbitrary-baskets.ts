import type { BasketIntent, IntendedLine, PriceableItem } from "@qonto-pay/core/money";
import { ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { amountsInCents, grossesInCents } from "./oracle.ts";

/** Returns an amount of this many cents. */
export const euros = (cents: number) => ({ value: (cents / 100).toFixed(2), currency: "EUR" });

/** VAT rates of countries that Qonto serves and of their neighbours. */
export const REAL_RATES = ["5.5", "7", "9", "10", "19", "20", "21", "22", "25.5"] as const;

export const somePolicy = fc.constantFrom(...ROUNDING_POLICIES);

const anyRate = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom("0", "0.0", "0.00") },
  {
    weight: 9,
    arbitrary: fc.integer({ min: 0, max: 270 }).map((tenths) => (tenths / 10).toFixed(tenths % 10 === 0 ? 0 : 1)),
  },
);

/** Quantities as programs compute them: 3 * 0.35 is 1.0499999999999998, and 0.1 + 0.2 is 0.30000000000000004. */
const noisyQuantity = fc.oneof(
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2000 })).map(([a, b]) => a * (b / 1000)),
  fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 })).map(([a, b]) => a / 100 + b / 1000),
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 2, max: 12 })).map(([a, b]) => a / b),
);

const quantity = fc.oneof(
  fc.constant(1),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 20_000 }).map((thousandths) => thousandths / 1000),
  noisyQuantity,
);

const someCents = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 999 }) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 500_000 }) },
);

/** Baskets of net prices: 1 to 20 lines, some of them free, rates from 0 to 27, fractional quantities. */
export const netBasket: fc.Arbitrary<PriceableItem[]> = fc.array(
  fc.record({ quantity, unit_price: someCents.map(euros), vat_rate: anyRate }),
  { minLength: 1, maxLength: 20 },
);

/** A total before any rounding, possibly with floating-point noise. */
const unroundedTotal = fc.oneof(
  fc.integer({ min: 0, max: 50_000_000 }).map((thousandths) => String(thousandths / 10_000)),
  fc
    .tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 1, max: 30 }))
    .map(([a, b]) => ((a / 1000) * b).toFixed(15)),
  fc
    .tuple(fc.integer({ min: 1, max: 50_000 }), fc.integer({ min: 2, max: 12 }))
    .map(([a, b]) => (a / 100 / b).toFixed(14)),
);

const someBehavior = fc.constantFrom("inclusive", "exclusive");

const someLine = fc.record({
  quantity,
  cents: someCents,
  total: fc.option(unroundedTotal, { freq: 3 }),
  rate: fc.nat(2),
  tax_behavior: someBehavior,
});

/** A part of an amount, in whole cents. */
const part = (cents: bigint, share: number): number => Math.floor(Number(cents) * share);

/**
 * Baskets that a shop may show: free lines, lines at 0 %, unrounded totals, a few rates, prices of one tax behaviour or
 * of both, and sometimes a discount or store credit, up to almost the whole basket.
 */
export const someIntent: fc.Arbitrary<BasketIntent> = fc
  .record({
    tax_behavior: fc.option(someBehavior, { freq: 5 }),
    rates: fc.array(fc.oneof(fc.constantFrom(...REAL_RATES, "0"), anyRate), { minLength: 1, maxLength: 3 }),
    lines: fc.array(someLine, { minLength: 1, maxLength: 8 }),
    discount: fc.option(fc.double({ min: 0, max: 0.95, noNaN: true })),
    credit: fc.option(fc.double({ min: 0, max: 0.95, noNaN: true })),
  })
  .map(({ tax_behavior, rates, lines, discount, credit }): BasketIntent => {
    const written = lines.map((line, index): IntendedLine => {
      const sold = {
        title: `Thing ${index + 1}`,
        quantity: line.quantity,
        tax_behavior: tax_behavior ?? line.tax_behavior,
        vat_rate: rates[line.rate % rates.length] ?? "20",
      };
      if (line.total !== null) return { ...sold, line_total: { value: line.total, currency: "EUR" } };
      return { ...sold, price: euros(line.cents) };
    });
    const intent: BasketIntent = { lines: written };
    const isOfOneKind = written.every((line) => line.tax_behavior === written[0]?.tax_behavior);
    const worth = amountsInCents(intent).reduce((all, amount) => all + amount, 0n);
    const reduced: BasketIntent =
      discount === null || !isOfOneKind ? intent : { ...intent, discount: euros(part(worth, discount)) };
    const shown = grossesInCents(reduced).reduce((all, gross) => all + gross, 0n);
    return credit === null ? reduced : { ...reduced, store_credit: euros(part(shown, credit)) };
  })
  .filter((intent) => grossesInCents(intent).some((gross) => gross > 0n));

/**
 * The parameters of a property: the number of runs, and a seed that is printed and can be repeated with `MONEY_SEED`.
 * `MONEY_RUNS` limits the number in mutation tests, which run the same properties hundreds of times.
 */
export function runs(wanted: number): { numRuns: number; seed: number } {
  const numRuns = Math.min(wanted, Number(process.env["MONEY_RUNS"] ?? wanted));
  const seed = Number(process.env["MONEY_SEED"] ?? Date.now() % 2 ** 31);
  console.info(`${numRuns} random cases, MONEY_SEED=${seed}`);
  return { numRuns, seed };
}
