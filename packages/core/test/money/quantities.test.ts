import { buildBasket, type PricedLine, priceBasket } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { roundQuantity } from "../../src/money/quantity.ts";
import { runs } from "./arbitrary-baskets.ts";

const eur = (value: string) => ({ value, currency: "EUR" });
const tea = (quantity: number, price = "0.90", more: Partial<PricedLine> = {}): PricedLine => ({
  title: "Tea",
  quantity,
  price: eur(price),
  tax_behavior: "inclusive",
  vat_rate: "0",
  ...more,
});

describe("a quantity with floating-point noise", () => {
  it.each([
    [0.1 + 0.2, 0.3],
    [3 * 0.35, 1.05],
    [1.1 * 3, 3.3],
    [2.9999999999999996, 3],
    [1 / 3, 0.333333],
    [2 / 3, 0.666667],
    [0.0000014999, 0.000001],
    [0.0000015, 0.000002],
    [999_999.999_999_9, 1_000_000],
    [12, 12],
    [0.35, 0.35],
  ])("%d is %d", (noisy, meant) => {
    expect(roundQuantity(noisy)).toBe(meant);
    expect(buildBasket({ lines: [tea(noisy, "1000000.00")] })).toEqual(
      buildBasket({ lines: [tea(meant, "1000000.00")] }),
    );
  });

  it("is written without noise, beside its unit and in a title", () => {
    const kilograms = tea(0.1 + 0.2, "10.00", { measure_unit: "kg" });
    expect(buildBasket({ lines: [kilograms] }).items).toEqual([
      { title: "Tea", quantity: 0.3, measure_unit: "kg", unit_price: eur("10.00"), vat_rate: "0" },
    ]);
    const asOne = { ...kilograms, quantity: 0.8 * 3, vat_rate: "20", price: eur("4.00") };
    expect(buildBasket({ lines: [asOne] }).items[0]?.title).toBe("2.4 kg x Tea");
  });

  it("charges the amount that the shop shows: 3 x 0.35 at 0.90 are 0.95", () => {
    expect(buildBasket({ lines: [tea(3 * 0.35)] }).shown).toEqual(eur("0.95"));
    const items = [{ quantity: 3 * 0.35, unit_price: eur("0.90"), vat_rate: "0" }];
    expect(priceBasket(items, { level: "line", mode: "half_up" }).gross).toEqual(eur("0.95"));
  });

  it.each([0, -1, 1e-7, 0.0000004, Number.NaN, Number.POSITIVE_INFINITY, 1e21])("%d is not a quantity", (quantity) => {
    expect(() => buildBasket({ lines: [tea(1), tea(quantity)] })).toThrow(
      expect.objectContaining({
        code: "invalid_quantity",
        param: "lines[1].quantity",
        message: "A quantity is a number of 0.000001 or more. It is rounded to six decimals.",
      }),
    );
  });

  it("equals the quantity without noise, regardless of how a shop computed it", () => {
    const decimal = fc.tuple(fc.integer({ min: 1, max: 999_999 }), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(decimal, fc.constantFrom(3, 0.1, 1.1, 7, 0.7), ([digits, scale], factor) => {
        const meant = digits / 10 ** scale;
        const noisy = (meant * factor) / factor;
        fc.pre(meant > 0.001);
        expect(roundQuantity(noisy)).toBe(meant);
      }),
      runs(2000),
    );
  });
});

describe("trailing zeros", () => {
  it.each([
    ["12.0000", "20.0000"],
    ["12.00", "20"],
    ["12", "20.0"],
  ])("%s at a rate of %s are 12 and 20", (value, vat_rate) => {
    const { items, shown } = buildBasket({ lines: [tea(1, value, { vat_rate })] });
    expect(shown).toEqual(eur("12.00"));
    expect(items[0]?.unit_price).toEqual(eur("10.00"));
    expect(items[0]?.vat_rate).toMatch(/^20(\.0{1,2})?$/);
  });

  it("are cut from a rate after its second decimal only", () => {
    const written = ["21.0", "5.50", "5.5000", "12.3400", "12.3456"].map(
      (vat_rate) => buildBasket({ lines: [tea(1, "12.00", { vat_rate })] }).items[0]?.vat_rate,
    );
    expect(written).toEqual(["21.0", "5.50", "5.50", "12.34", "12.3456"]);
  });
});
