import { type BasketIntent, buildBasket, MoneyError, type PricedLine, priceBasket } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs, someIntent } from "./arbitrary-baskets.ts";
import { amountsInCents, grossesInCents } from "./oracle.ts";

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
const total = (title: string, value: string, vat_rate = "20", tax_behavior: "inclusive" | "exclusive" = "inclusive") =>
  ({ title, quantity: 1, line_total: eur(value), tax_behavior, vat_rate }) as const;
const ofLines = (intent: BasketIntent) =>
  priceBasket(buildBasket(intent).items, { level: "line", mode: "half_up" }).lines.map(({ gross }) => gross.value);

describe("store credit", () => {
  it("is spread over the lines in proportion to their prices with VAT, after the discount, and is never a line", () => {
    const lines = [line("Mug", "60.00"), line("Book", "30.00", "5.5"), line("Card", "10.00", "0")];
    const { items, shown } = buildBasket({ lines, discount: eur("10.00"), store_credit: eur("45.00") });
    expect(shown).toEqual(eur("45.00"));
    expect(items.map((item) => item.title)).toEqual(["Mug", "Book", "Card"]);
    expect(ofLines({ lines, discount: eur("10.00"), store_credit: eur("45.00") })).toEqual(["27.00", "13.50", "4.50"]);
  });

  it("contains the VAT even if prices do not, or differ in it", () => {
    const net = { lines: [line("Mug", "10.00", "20", exclusive)], store_credit: eur("6.00") };
    expect(buildBasket(net).shown).toEqual(eur("6.00"));
    const both = { lines: [line("Mug", "10.00", "20", exclusive), line("Tea", "12.00")], store_credit: eur("12.00") };
    expect(ofLines(both)).toEqual(["6.00", "6.00"]);
  });

  it("of 0.00 changes nothing", () => {
    const lines = [line("Mug", "10.00", "20", exclusive), line("Card", "1.20")];
    expect(buildBasket({ lines, store_credit: eur("0.00") })).toEqual(buildBasket({ lines }));
  });

  it.each<[string, BasketIntent, string, string]>([
    [
      "more than the rest",
      { lines: [line("Mug", "1")], store_credit: eur("1.01") },
      "store_credit_too_large",
      ".value",
    ],
    [
      "more than the rest after the discount",
      { lines: [line("Mug", "2")], discount: eur("1"), store_credit: eur("1.01") },
      "store_credit_too_large",
      ".value",
    ],
    ["a negative one", { lines: [line("Mug", "1")], store_credit: eur("-1") }, "invalid_amount", ".value"],
    [
      "one in another currency",
      { lines: [line("Mug", "1")], store_credit: { value: "1", currency: "CHF" } },
      "mixed_currencies",
      ".currency",
    ],
  ])("%s is rejected", (_name, intent, code, param) => {
    const act = () => buildBasket(intent);
    expect(act).toThrow(MoneyError);
    expect(act).toThrow(expect.objectContaining({ code, param: `store_credit${param}` }));
  });

  it("for the whole basket leaves nothing to pay", () => {
    expect(() => buildBasket({ lines: [line("Mug", "1")], store_credit: eur("1.00") })).toThrow(
      expect.objectContaining({ code: "zero_amount", param: "lines" }),
    );
  });
});

describe("unrounded totals of lines", () => {
  it("are added up before they are rounded", () => {
    expect(buildBasket({ lines: [total("Mug", "43.092"), total("Tea", "10.004")] }).shown).toEqual(eur("53.10"));
    expect(buildBasket({ lines: [total("Mug", "43.092")] }).shown).toEqual(eur("43.09"));
    const thirds = ["A", "B", "C"].map((title) => total(title, "3.3333333333333335"));
    expect(buildBasket({ lines: thirds }).shown).toEqual(eur("10.00"));
  });

  it("give the cent to the line that is nearest to the next one, and never to a whole one", () => {
    const lines = [total("Tip", "5.00", "0"), total("Mug", "1.004"), total("Tea", "1.0049")];
    expect(buildBasket({ lines }).shown).toEqual(eur("7.01"));
    expect(grossesInCents({ lines })).toEqual([500n, 100n, 101n]);
    expect(buildBasket({ lines }).items[0]).toMatchObject({ title: "Tip", unit_price: eur("5.00") });
  });

  it("of net lines are the net, to which the VAT is added before any rounding", () => {
    const lines = [total("Mug", "10.004", "20", "exclusive"), total("Tea", "10.004", "20", "exclusive")];
    // 24.0096, and not twice 12.0048.
    expect(buildBasket({ lines }).shown).toEqual(eur("24.01"));
  });

  it("may stand beside prices, which are rounded line by line", () => {
    const lines = [total("Mug", "1.004"), line("Tea", "0.01", "20", { quantity: 0.6 }), total("Ink", "1.004")];
    expect(buildBasket({ lines }).shown).toEqual(eur("2.02"));
  });

  it("may have floating-point noise, such as 14.364 x 3", () => {
    for (const value of ["43.092", "43.09200000000001", "43.0919999999999987"]) {
      expect(buildBasket({ lines: [total("Mug", value)] })).toEqual(buildBasket({ lines: [total("Mug", "43.092")] }));
    }
    expect(buildBasket({ lines: [total("Mug", "0.9449999999999998")] }).shown).toEqual(eur("0.95"));
  });

  it("keep the quantity of the line if its price is exact", () => {
    const mugs = { ...total("Mug", "12.0000"), quantity: 2 };
    expect(buildBasket({ lines: [mugs] }).items).toEqual([
      { title: "Mug", quantity: 2, unit_price: eur("5.00"), vat_rate: "20" },
    ]);
  });

  it("are rejected with the path of the field", () => {
    const bad = (line_total: { value: string; currency: string }) => ({
      lines: [line("Tea", "1.00"), { ...total("Mug", "1"), line_total }],
    });
    expect(() => buildBasket(bad(eur("1,5")))).toThrow(
      expect.objectContaining({ code: "invalid_amount", param: "lines[1].line_total.value" }),
    );
    expect(() => buildBasket(bad({ value: "1", currency: "CHF" }))).toThrow(
      expect.objectContaining({ code: "mixed_currencies", param: "lines[1].line_total.currency" }),
    );
    expect(() => buildBasket(bad(eur("10000000000000")))).toThrow(
      expect.objectContaining({ code: "amount_too_large", param: "lines[1].line_total.value" }),
    );
  });
});

describe("a discount or a credit in any basket", () => {
  const cents = (amount: { value: string } | undefined) => BigInt((amount?.value ?? "0").replace(".", ""));
  const sum = (parts: readonly bigint[]) => parts.reduce((all, part) => all + part, 0n);

  it.each(["discount", "store_credit"] as const)(
    "%s is subtracted exactly, and each VAT rate bears its share",
    (kind) => {
      fc.assert(
        fc.property(someIntent, ({ lines, ...reductions }) => {
          const off = cents(reductions[kind]);
          const inclusive = lines.map((some) => ({ ...some, tax_behavior: "inclusive" as const }));
          const before = { lines: inclusive };
          const weights = kind === "discount" ? amountsInCents(before) : grossesInCents(before);
          fc.pre(off > 0n && off < sum(weights));
          const after = { lines: inclusive, [kind]: reductions[kind] };
          expect(cents(buildBasket(after).shown)).toBe(sum(grossesInCents(before)) - off);
          const rates = lines.map((some) => Number(some.vat_rate));
          for (const rate of new Set(rates)) {
            const ofRate = (parts: readonly bigint[]) => sum(parts.filter((_, index) => rates[index] === rate));
            const bears = ofRate(grossesInCents(before)) - ofRate(grossesInCents(after));
            const missed = bears * sum(weights) - off * ofRate(weights);
            expect(missed < sum(weights) && -missed < sum(weights)).toBe(true);
          }
        }),
        runs(600),
      );
    },
  );
});
