import {
  type BasketIntent,
  buildBasket,
  MoneyError,
  type PricedLine,
  priceBasket,
  ROUNDING_POLICIES,
  type RoundingPolicy,
} from "@qonto-pay/core/money";
import { describe, expect, it } from "vitest";
import { vatVectors } from "./vat-vectors.ts";

const eur = (value: string) => ({ value, currency: "EUR" });
const line = (title: string, price: string, vat_rate = "20", more: Partial<PricedLine> = {}): PricedLine => ({
  title,
  quantity: 1,
  price: eur(price),
  tax_behavior: "inclusive",
  vat_rate,
  ...more,
});
const exclusive = { tax_behavior: "exclusive" } as const;
const lineHalfUp: RoundingPolicy = { level: "line", mode: "half_up" };

/** The lines in short: "2 x 8.33 Mug at 20". */
const told = (intent: BasketIntent): string[] =>
  buildBasket(intent).items.map(
    (item) => `${item.quantity} x ${item.unit_price.value} ${item.title} at ${item.vat_rate}`,
  );

describe("buildBasket", () => {
  it("keeps a net price that is exact", () => {
    expect(buildBasket({ lines: [line("Mug", "10.99", "21.0", exclusive)] })).toStrictEqual({
      items: [{ title: "Mug", quantity: 1, unit_price: eur("10.99"), vat_rate: "21.0" }],
      shown: eur("13.30"),
      strategy: "plain",
      why: "One line for each thing, at its quantity, comes to the price shown, regardless of how Qonto rounds.",
    });
  });

  it("sends the fields that describe a line, and no others", () => {
    const described = { type: "service", description: "By post", measure_unit: "parcel", quantity: 2 } as const;
    const extra = { ...line("Shipping", "6.00", "20", described), internal_note: "never for Qonto" };
    expect(buildBasket({ lines: [extra] }).items).toEqual([
      { title: "Shipping", ...described, unit_price: eur("5.00"), vat_rate: "20" },
    ]);
  });

  it("finds the net of an inclusive price", () => {
    expect(told({ lines: [line("Poster", "19.99")] })).toEqual(["1 x 16.66 Poster at 20"]);
  });

  it("writes a quantity into the title before it lets two lines be wrong by the same amount", () => {
    const lines = [line("Nut", "0.33", "20", { quantity: 50 }), line("Bolt", "0.39", "20", { quantity: 50 })];
    expect(told({ lines })).toEqual(["1 x 13.75 50 x Nut at 20", "1 x 16.25 50 x Bolt at 20"]);
  });

  it("moves a net price by a cent if two lines together would miss", () => {
    const both = { lines: [line("Poster", "9.99"), line("Card", "9.99")] };
    expect(told(both)).toEqual(["1 x 8.32 Poster at 20", "1 x 8.33 Card at 20"]);
    expect(buildBasket(both)).toMatchObject({ strategy: "plain", shown: eur("19.98") });
  });

  it("writes a quantity into the title if no unit price is exact", () => {
    const basket = { lines: [line("Mug", "4.00", "20", { quantity: 3, description: "Blue" }), line("Card", "12.00")] };
    expect(told(basket)).toEqual(["1 x 10.00 3 x Mug at 20", "1 x 10.00 Card at 20"]);
    expect(buildBasket(basket)).toMatchObject({ strategy: "collapsed", items: [{ description: "Blue" }, {}] });
    expect(buildBasket(basket).why).toContain("a quantity is written into the title");
  });

  it("adds the unit of a quantity that is written into the title", () => {
    const cheese = line("Cheese", "4.00", "20", { quantity: 2.5, measure_unit: "kg" });
    expect(buildBasket({ lines: [cheese] })).toEqual({
      items: [{ title: "2.5 kg x Cheese", quantity: 1, unit_price: eur("8.33"), vat_rate: "20" }],
      shown: eur("10.00"),
      strategy: "collapsed",
      why: expect.stringContaining("a quantity is written into the title"),
    });
  });

  it("separates the last of several if Qonto is known to round lines", () => {
    const mugs = { lines: [line("Mug", "3.33", "20", { quantity: 3, measure_unit: "piece" })], policy: lineHalfUp };
    expect(told(mugs)).toEqual(["2 x 2.78 Mug at 20", "1 x 2.77 Mug at 20"]);
    expect(buildBasket(mugs)).toMatchObject({
      strategy: "split",
      items: [{ measure_unit: "piece" }, { measure_unit: "piece" }],
    });
    expect(buildBasket(mugs).why).toContain("one line is written as two, the way Qonto was seen to round.");
  });

  it("writes one thing in two parts if Qonto is known to round lines", () => {
    const poster = line("Poster", "9.99", "20", { measure_unit: "piece" });
    const { items, strategy } = buildBasket({ lines: [poster], policy: lineHalfUp });
    expect(strategy).toBe("split");
    expect(items).toEqual([
      { title: "Poster (1/2)", quantity: 1, unit_price: eur("4.17"), vat_rate: "20" },
      { title: "Poster (2/2)", quantity: 1, unit_price: eur("4.16"), vat_rate: "20" },
    ]);
  });

  it("never splits a fraction off: 3.5 kg stay 3.5 kg", () => {
    const cheese = line("Cheese", "2.75", "20", { quantity: 3.5, measure_unit: "kg" });
    expect(told({ lines: [cheese], policy: lineHalfUp })).toEqual([
      "1 x 4.02 3.5 kg x Cheese (1/2) at 20",
      "1 x 4.01 3.5 kg x Cheese (2/2) at 20",
    ]);
  });

  it("splits only the lines that need it", () => {
    const listed = [line("Mug", "10.00", "20", { ...exclusive, quantity: 2 }), line("Card", "5.00", "20", exclusive)];
    expect(told({ lines: [...listed, line("Poster", "9.99")], policy: lineHalfUp })).toEqual([
      "2 x 10.00 Mug at 20",
      "1 x 5.00 Card at 20",
      "1 x 4.17 Poster (1/2) at 20",
      "1 x 4.16 Poster (2/2) at 20",
    ]);
  });

  it.each(vatVectors.unreachable.examples)("adds a line at 0 % for the cent that %s at %s %% lacks", (price, rate) => {
    const { items, shown, strategy, why } = buildBasket({ lines: [line("Thing", price, rate)] });
    expect(items).toHaveLength(2);
    expect(items[1]).toEqual({ title: "Rounding", quantity: 1, unit_price: eur("0.01"), vat_rate: "0" });
    expect(shown).toEqual(eur(price));
    expect(strategy).toBe("rounding");
    expect(why).toContain("a line of its own makes up for the rest, regardless of how Qonto rounds.");
  });

  it.each(vatVectors.unreachable.reachable)("needs one line for %s at %s %", (price, rate) => {
    expect(buildBasket({ lines: [line("Thing", price, rate)] }).items).toHaveLength(1);
  });

  it("leaves the other lines unchanged beside a rounding line", () => {
    const lines = [line("Mug", "6.00", "20", { quantity: 2 }), line("Poster", "9.99")];
    expect(told({ lines })).toEqual(["2 x 5.00 Mug at 20", "1 x 8.32 Poster at 20", "1 x 0.01 Rounding at 0"]);
  });

  it("keeps a listed net price only if the known policy explains it", () => {
    const half = { lines: [line("Pen", "2.50", "21", exclusive)] };
    expect(buildBasket({ ...half, policy: lineHalfUp }).items[0]?.unit_price).toEqual(eur("2.50"));
    expect(told(half)).toEqual(["1 x 2.49 Pen at 21", "1 x 0.02 Rounding at 0"]);
  });

  it("keeps listed net prices beside a rounding line if the known policy lacks a cent", () => {
    const lines = ["Pen", "Ink", "Nib"].map((title) => line(title, "0.33", "20", exclusive));
    expect(told({ lines, policy: { level: "rate", mode: "half_up" } })).toEqual([
      "1 x 0.33 Pen at 20",
      "1 x 0.33 Ink at 20",
      "1 x 0.33 Nib at 20",
      "1 x 0.01 Rounding at 0",
    ]);
  });

  it("does not add a cent that turns a half into the other direction", () => {
    const policy: RoundingPolicy = { level: "total", mode: "half_even" };
    const { items, shown } = buildBasket({ lines: [line("Pin", "0.10", "5", exclusive)], policy });
    expect(shown).toEqual(eur("0.11"));
    expect(priceBasket(items, policy).gross).toEqual(shown);
  });

  it("shows exclusive prices as shops do: the gross of each line, rounded half up", () => {
    const lines = ["Pen", "Ink", "Nib"].map((title) => line(title, "1.11", "20", exclusive));
    expect(buildBasket({ lines }).shown).toEqual(eur("3.99"));
    expect(buildBasket({ lines: [line("Screw", "1.61", "22", { ...exclusive, quantity: 50 })] }).shown).toEqual(
      eur("98.21"),
    );
  });

  it("uses the remaining policies, and treats an empty list as unknown", () => {
    const lines = [line("Poster", "9.99")];
    const lineOnly = ROUNDING_POLICIES.filter(({ level }) => level === "line");
    expect(buildBasket({ lines, policy: lineOnly }).strategy).toBe("split");
    expect(buildBasket({ lines, policy: [...lineOnly, { level: "total", mode: "half_up" }] }).strategy).toBe(
      "rounding",
    );
    expect(buildBasket({ lines, policy: [] })).toEqual(buildBasket({ lines }));
  });

  it("prices in yen without decimals", () => {
    const yen = (value: string) => ({ value, currency: "JPY" });
    const { items, shown } = buildBasket({ lines: [line("Tea", "0", "10", { price: yen("550") })] });
    expect(items[0]?.unit_price).toEqual(yen("500"));
    expect(shown).toEqual(yen("550"));
  });

  it.each(["1.230", "1.235"])("reaches %s dinar with prices of two decimals", (value) => {
    const { items } = buildBasket({ lines: [line("Tea", "0", "10", { price: { value, currency: "BHD" } })] });
    for (const policy of ROUNDING_POLICIES) expect(priceBasket(items, policy).gross.value).toBe(value);
  });

  it("throws if prices of two decimals can't reach an amount of three", () => {
    const tea = line("Tea", "0", "0", { price: { value: "1.235", currency: "BHD" } });
    expect(() => buildBasket({ lines: [tea] })).toThrow(
      expect.objectContaining({
        code: "no_exact_lines",
        param: "lines",
        message: "No lines were found that add up to this amount exactly.",
      }),
    );
  });

  it("finishes within a moment for a hundred lines that are not exact", () => {
    const lines = Array.from({ length: 100 }, (_, index) => line(`Thing ${index}`, "9.99", `${index % 27}.5`));
    const { items, shown } = buildBasket({ lines });
    for (const policy of ROUNDING_POLICIES) expect(priceBasket(items, policy).gross).toEqual(shown);
  });
});

describe("a discount", () => {
  it("is spread over rates and lines in proportion to their prices, and is never a line", () => {
    const lines = [line("Mug", "60.00"), line("Book", "30.00", "5.5"), line("Card", "10.00")];
    const { items, shown } = buildBasket({ lines, discount: eur("10.00") });
    expect(shown).toEqual(eur("90.00"));
    expect(items.map((item) => item.title)).toEqual(["Mug", "Book", "Card"]);
    expect(items.map((item) => item.unit_price.value)).toEqual(["45.00", "25.59", "7.50"]);
  });

  it("adds up to the whole if it can't be shared evenly", () => {
    const lines = ["A", "B", "C"].map((title) => line(title, "1.00", "0"));
    const { items, shown } = buildBasket({ lines, discount: eur("1.00") });
    expect(items.map((item) => item.unit_price.value)).toEqual(["0.66", "0.67", "0.67"]);
    expect(shown).toEqual(eur("2.00"));
  });

  it("is net if the prices are net", () => {
    const lines = [line("Mug", "10.00", "20", { ...exclusive, quantity: 2 })];
    const { items, shown } = buildBasket({ lines, discount: eur("5.00") });
    expect(shown).toEqual(eur("18.00"));
    expect(items).toEqual([{ title: "Mug", quantity: 2, unit_price: eur("7.50"), vat_rate: "20" }]);
  });

  it("of 0.00 changes nothing", () => {
    const lines = [line("Mug", "10.00", "20", exclusive), line("Card", "1.20")];
    expect(buildBasket({ lines, discount: eur("0") })).toEqual(buildBasket({ lines }));
  });

  it("may cover whole lines, but not everything", () => {
    const lines = [line("Mug", "0.01", "20"), line("Card", "0.01", "20")];
    expect(buildBasket({ lines, discount: eur("0.01") }).shown).toEqual(eur("0.01"));
    expect(() => buildBasket({ lines, discount: eur("0.02") })).toThrow(
      expect.objectContaining({ code: "zero_amount", param: "lines" }),
    );
  });
});

describe("buildBasket rejects", () => {
  it.each<[string, BasketIntent, string, string]>([
    ["no lines", { lines: [] }, "empty_basket", "lines"],
    ["a basket that costs nothing", { lines: [line("Gift", "0.00")] }, "zero_amount", "lines"],
    ["less than half a cent", { lines: [line("Dust", "0.01", "20", { quantity: 0.4 })] }, "zero_amount", "lines"],
    ["14 digits", { lines: [line("All", "9999999999999"), line("More", "1")] }, "amount_too_large", "lines"],
    ["a float's text", { lines: [line("Mug", "1"), line("Card", "1e1")] }, "invalid_amount", "lines[1].price.value"],
    ["three decimals", { lines: [line("Mug", "1.005")] }, "too_many_decimals", "lines[0].price.value"],
    ["quantity 0", { lines: [line("Mug", "1", "20", { quantity: 0 })] }, "invalid_quantity", "lines[0].quantity"],
    ["a rate in words", { lines: [line("Mug", "1", "twenty")] }, "invalid_vat_rate", "lines[0].vat_rate"],
    [
      "two currencies",
      { lines: [line("Mug", "1"), line("Tea", "1", "20", { price: { value: "1", currency: "JPY" } })] },
      "mixed_currencies",
      "lines[1].price.currency",
    ],
    [
      "a discount in another currency",
      { lines: [line("Mug", "1")], discount: { value: "1", currency: "CHF" } },
      "mixed_currencies",
      "discount.currency",
    ],
    ["a negative discount", { lines: [line("Mug", "1")], discount: eur("-1") }, "invalid_amount", "discount.value"],
    [
      "more discount than half a kilogram costs",
      { lines: [line("Tea", "10", "20", { quantity: 0.5 })], discount: eur("5.01") },
      "discount_too_large",
      "discount.value",
    ],
    ["too much discount", { lines: [line("Mug", "1")], discount: eur("1.01") }, "discount_too_large", "discount.value"],
    [
      "a discount on prices of both kinds",
      { lines: [line("Mug", "1"), line("Tea", "1", "20", exclusive)], discount: eur("1") },
      "mixed_tax_behavior",
      "discount",
    ],
  ])("%s and names the field", (_, intent, code, param) => {
    const act = () => buildBasket(intent);
    expect(act).toThrow(MoneyError);
    expect(act).toThrow(expect.objectContaining({ code, param, message: expect.stringMatching(/^[A-Z].+\.$/) }));
  });
});
