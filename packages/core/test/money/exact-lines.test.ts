import { type BasketIntent, buildBasket, type PricedLine, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REAL_RATES, runs, someIntent, somePolicy } from "./arbitrary-baskets.ts";
import { grossesInCents, grossInCents } from "./oracle.ts";

const eur = (value: string) => ({ value, currency: "EUR" });
const line = (title: string, price: string, vat_rate = "20", more: Partial<PricedLine> = {}): PricedLine => ({
  title,
  quantity: 1,
  price: eur(price),
  tax_behavior: "inclusive",
  vat_rate,
  ...more,
});

/** The lines in short: "2 x 8.33 Mug at 20". */
const told = (intent: BasketIntent): string[] =>
  buildBasket(intent).items.map(
    (item) => `${item.quantity} x ${item.unit_price.value} ${item.title} at ${item.vat_rate}`,
  );

/** Returns the number of the line for which an item was written; none for a line "Rounding". */
const lineOf = (title: string): number => Number(/Thing (\d+)(?: \(\d\/2\))?$/.exec(title)?.[1] ?? Number.NaN) - 1;

describe("an exact line", () => {
  it.each<[string, PricedLine, string]>([
    ["a gift", line("Gift", "0.00"), "1 x 0.00 Gift at 20"],
    ["a donation at 0 %", line("Donation", "5.00", "0"), "1 x 5.00 Donation at 0"],
    ["free shipping", line("Shipping", "0.00", "0"), "1 x 0.00 Shipping at 0"],
    ["stamps at 0 %", line("Stamp", "0.95", "0", { quantity: 7 }), "7 x 0.95 Stamp at 0"],
    ["tea at 0 %, by weight", line("Tea", "3.33", "0", { quantity: 2.5 }), "1 x 8.33 2.5 x Tea at 0"],
    ["a price that a net price reaches", line("Bowl", "6.00"), "1 x 5.00 Bowl at 20"],
    ["several of them", line("Bowl", "6.00", "20", { quantity: 2 }), "2 x 5.00 Bowl at 20"],
    [
      "a free item with a listed net price",
      line("Pin", "0.00", "20", { tax_behavior: "exclusive" }),
      "1 x 0.00 Pin at 20",
    ],
  ])("does not absorb the cent of another: %s", (_name, exact, written) => {
    const mug = line("Mug", "3.33");
    const alone = told({ lines: [mug] });
    expect(told({ lines: [exact, mug] })).toEqual([written, ...alone]);
    expect(told({ lines: [mug, exact] })).toEqual([alone[0], written, ...alone.slice(1)]);
  });

  it("stays unchanged beside lines that need cents of each other", () => {
    const lines = [line("Gift", "0.00"), line("Poster", "9.99"), line("Tip", "2.00", "0"), line("Card", "9.99")];
    expect(told({ lines })).toEqual([
      "1 x 0.00 Gift at 20",
      "1 x 8.32 Poster at 20",
      "1 x 2.00 Tip at 0",
      "1 x 8.33 Card at 20",
    ]);
  });

  it("is not moved by the cents that many lines before it lack", () => {
    const many = Array.from({ length: 40 }, (_, index) => line(`Thing ${index}`, "9.99", `${index % 27}.5`));
    expect(told({ lines: [...many, line("Bowl", "1.30", "30")] })).toContain("1 x 1.00 Bowl at 30");
  });

  it("keeps its quantity if others are written as one thing", () => {
    const lines = [line("Bowl", "6.00", "20", { quantity: 2 }), line("Mug", "4.00", "20", { quantity: 3 })];
    expect(told({ lines })).toEqual(["2 x 5.00 Bowl at 20", "1 x 10.00 3 x Mug at 20"]);
  });

  it("at 0 % shows the rest after a discount", () => {
    const lines = [line("Stamp", "1.00", "0", { quantity: 3 }), line("Mug", "3.33")];
    expect(told({ lines, discount: eur("2.00") })[0]).toBe("1 x 2.05 3 x Stamp at 0");
  });
});

describe("in any basket, under every policy", () => {
  const itemsOf = (intent: BasketIntent, index: number) =>
    buildBasket(intent).items.filter((item) => lineOf(item.title) === index);

  it("free lines and lines at 0 % add up to exactly the amount shown for them", () => {
    fc.assert(
      fc.property(someIntent, fc.option(somePolicy, { nil: undefined }), (intent, policy) => {
        const shown = grossesInCents(intent);
        for (const [index, { vat_rate }] of intent.lines.entries()) {
          if (Number(vat_rate) !== 0 && shown[index] !== 0n) continue;
          const items = itemsOf({ ...intent, policy }, index);
          for (const known of policy === undefined ? ROUNDING_POLICIES : [policy]) {
            expect(grossInCents(items, known)).toBe(shown[index]);
          }
        }
      }),
      runs(1500),
    );
  });

  it("a line that is exact without any rounding is written as if it stood alone", () => {
    const exact = fc
      .tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 9 }), fc.constantFrom("0", "10", "20", "25"))
      .map(([units, quantity, vat_rate]) => line("Thing 1", ((units * 60) / 100).toFixed(2), vat_rate, { quantity }))
      .filter(({ price, vat_rate }) => (Number(price.value) * 10_000) % (100 + Number(vat_rate)) === 0);
    const other = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(...REAL_RATES))
      .map(([cents, rate]) => line("Other", (cents / 100).toFixed(2), rate));
    fc.assert(
      fc.property(exact, fc.array(other, { minLength: 1, maxLength: 6 }), (first, others) => {
        fc.pre(Number(first.price.value) > 0);
        const [alone] = told({ lines: [first] });
        expect(told({ lines: [first, ...others] })[0]).toBe(alone);
        expect(told({ lines: [...others, first] })).toContain(alone);
      }),
      runs(1500),
    );
  });
});
