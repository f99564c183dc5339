import { expect } from "@open-wc/testing";
import { parseAmount, shortAmount, typedAmount } from "../../src/parts/typed-amount.ts";

describe("a typed amount", () => {
  for (const [typed, locale, amount] of [
    ["7", "de", "7"],
    ["7,5", "de", "7.50"],
    ["7.5", "de", "7.50"],
    ["7,50", "en", "7.50"],
    ["7,", "de", "7"],
    [",5", "de", "0.50"],
    ["10,00", "de", "10"],
    ["007", "de", "7"],
    ["1.000,50", "de", "1000.50"],
    ["1.000,50", "en", "1000.50"],
    ["1,000.50", "de", "1000.50"],
    ["1.234.567", "fr", "1234567"],
    ["1.000", "de", "1000"],
    ["1.000", "es", "1000"],
    ["1,000", "en", "1000"],
    ["1.000", "en", undefined],
    ["1,000", "de", undefined],
    ["1.000", "fr", undefined],
    ["1.0000", "de", undefined],
    ["1.00.00", "de", undefined],
    ["1,000,50", "de", undefined],
    ["7,505", "de", undefined],
    ["-7", "de", undefined],
    ["7e3", "de", undefined],
    ["seven", "en", undefined],
    ["", "en", undefined],
    [",", "en", undefined],
    ["1.000", "not a locale", undefined],
  ] as const) {
    it(`"${typed}" in ${locale} is ${amount ?? "no amount"}`, () => {
      expect(parseAmount(typed, locale)).to.equal(amount);
    });
  }

  it("is written as the locale writes it, without decimals for whole euros", () => {
    const written = ["en", "de", "fr"].flatMap((locale) =>
      ["5", "7.5"].flatMap((amount) => [shortAmount(amount, locale), typedAmount(amount, locale)]),
    );
    expect(written.map((text) => text.replaceAll(/\s/g, " "))).to.deep.equal([
      "€5",
      "5",
      "€7.50",
      "7.50",
      "5 €",
      "5",
      "7,50 €",
      "7,50",
      "5 €",
      "5",
      "7,50 €",
      "7,50",
    ]);
  });
});
