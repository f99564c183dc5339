import type { BasketIntent, IntendedLine, PriceableItem } from "@qonto-pay/core/money";
import { ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";

/** An amount of so many cents. */
export const euros = (cents: number) => ({ value: (cents / 100).toFixed(2), currency: "EUR" });

/** VAT rates of countries that Qonto serves and of their neighbours. */
export const REAL_RATES = ["5.5", "7", "9", "10", "19", "20", "21", "22", "25.5"] as const;

export const somePolicy = fc.constantFrom(...ROUNDING_POLICIES);

const anyRate = fc.integer({ min: 0, max: 270 }).map((tenths) => (tenths / 10).toFixed(tenths % 10 === 0 ? 0 : 1));

const quantity = fc.oneof(
  fc.constant(1),
  fc.integer({ min: 1, max: 60 }),
  fc.integer({ min: 1, max: 20_000 }).map((thousandths) => thousandths / 1000),
);

const someCents = fc.oneof(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 500_000 }));

/** Baskets of net prices: 1 to 20 lines, rates from 0 to 27 with one decimal, fractional quantities. */
export const netBasket: fc.Arbitrary<PriceableItem[]> = fc.array(
  fc.record({ quantity, unit_price: someCents.map(euros), vat_rate: anyRate }),
  { minLength: 1, maxLength: 20 },
);

/** What a shop may show: lines of one tax behaviour, a few rates, sometimes a discount of up to a third. */
export const someIntent: fc.Arbitrary<BasketIntent> = fc
  .record({
    tax_behavior: fc.constantFrom("inclusive", "exclusive"),
    rates: fc.array(fc.oneof(fc.constantFrom(...REAL_RATES), anyRate), { minLength: 1, maxLength: 3 }),
    lines: fc.array(fc.record({ quantity, cents: someCents.map((some) => some + 1), rate: fc.nat(2) }), {
      minLength: 1,
      maxLength: 8,
    }),
    share: fc.option(fc.double({ min: 0, max: 1 / 3, noNaN: true })),
  })
  .map(({ tax_behavior, rates, lines, share }) => {
    const written = lines.map(
      (line, index): IntendedLine => ({
        title: `Thing ${index + 1}`,
        quantity: line.quantity,
        price: euros(line.cents),
        tax_behavior,
        vat_rate: rates[line.rate % rates.length] ?? "20",
      }),
    );
    const worth = lines.reduce((all, line) => all + Math.floor(line.cents * line.quantity), 0);
    return share === null ? { lines: written } : { lines: written, discount: euros(Math.floor(worth * share)) };
  })
  .filter(({ lines, discount }) => {
    const worth = lines.reduce((all, line) => all + Math.floor(Number(line.price.value) * 100 * line.quantity), 0);
    return worth > Number(discount?.value ?? 0) * 100 + lines.length;
  });

/**
 * The parameters of a property: how many runs, and a seed that is printed and can be asked for again by `MONEY_SEED`.
 * `MONEY_RUNS` bounds the number where the same properties run hundreds of times, in mutation tests.
 */
export function runs(wanted: number): { numRuns: number; seed: number } {
  const numRuns = Math.min(wanted, Number(process.env["MONEY_RUNS"] ?? wanted));
  const seed = Number(process.env["MONEY_SEED"] ?? Date.now() % 2 ** 31);
  console.info(`${numRuns} random cases, MONEY_SEED=${seed}`);
  return { numRuns, seed };
}
