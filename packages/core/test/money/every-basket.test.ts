import { buildBasket, priceBasket, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { euros, someIntent, somePolicy, REAL_RATES, runs } from "./arbitrary-baskets.ts";
import { grossesInCents, grossInCents } from "./oracle.ts";

const cents = ({ value }: { value: string }): bigint => BigInt(value.replace(".", ""));

describe("any basket", () => {
  it("reaches the shown amount under every policy at once", () => {
    fc.assert(
      fc.property(someIntent, (intent) => {
        const { items, shown } = buildBasket(intent);
        expect(cents(shown)).toBe(grossesInCents(intent).reduce((all, gross) => all + gross, 0n));
        for (const policy of ROUNDING_POLICIES) expect(priceBasket(items, policy).gross).toEqual(shown);
        for (const policy of ROUNDING_POLICIES) expect(grossInCents(items, policy)).toBe(cents(shown));
      }),
      runs(1500),
    );
  });

  it("reaches the shown amount under a known policy", () => {
    fc.assert(
      fc.property(someIntent, somePolicy, (intent, policy) => {
        const { items, shown } = buildBasket({ ...intent, policy });
        expect(priceBasket(items, policy).gross).toEqual(shown);
      }),
      runs(6000),
    );
  });

  it("has the same shown amount whether or not the policy is known", () => {
    fc.assert(
      fc.property(someIntent, somePolicy, (intent, policy) => {
        expect(buildBasket({ ...intent, policy }).shown).toEqual(buildBasket(intent).shown);
      }),
      runs(500),
    );
  });

  it("never has a negative price or a quantity of zero", () => {
    fc.assert(
      fc.property(someIntent, (intent) => {
        for (const item of buildBasket(intent).items) {
          expect(item.unit_price.value).toMatch(/^\d+\.\d\d$/);
          expect(item.quantity).toBeGreaterThan(0);
          expect(String(item.quantity)).toMatch(/^\d+(\.\d{1,6})?$/);
          expect(item.vat_rate).toMatch(/^\d{1,2}(\.\d{1,2})?$/);
        }
      }),
      runs(500),
    );
  });

  it("lacks no more than a few cents, at the rates that shops know", () => {
    const known = (rate: string) => Number(rate) === 0 || Number(rate) >= 5;
    fc.assert(
      fc.property(someIntent, (intent) => {
        fc.pre(intent.lines.every((line) => known(line.vat_rate)));
        const rounding = buildBasket(intent).items.find((item) => item.title === "Rounding");
        expect(Number(rounding?.unit_price.value ?? 0)).toBeLessThanOrEqual(0.2);
      }),
      runs(500),
    );
  });
});

describe("an inclusive price", () => {
  // The benchmark runs every amount up to 1000.00; here each rate runs every 37th, from another start.
  it.each(REAL_RATES.map((rate, index) => [rate, index * 4 + 1] as const))("is exact at %s %", (rate, first) => {
    for (let amount = first; amount <= 100_000; amount += 37) {
      const price = euros(amount);
      const { items } = buildBasket({
        lines: [{ title: "Mug", quantity: 1, price, tax_behavior: "inclusive", vat_rate: rate }],
      });
      for (const policy of ROUNDING_POLICIES) {
        if (grossInCents(items, policy) !== BigInt(amount)) expect.fail(`${price.value} at ${rate} % is not exact`);
      }
    }
  });
});
