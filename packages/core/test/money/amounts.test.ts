import { isAmountWithin, isSameAmount, MoneyError, normalizeAmount } from "@qonto-pay/core/money";
import { describe, expect, it } from "vitest";

const eur = (value: string) => ({ value, currency: "EUR" });

/** Texts that some parsers accept as a number, and that are not an amount. */
const HOSTILE = [
  "",
  " ",
  "1 ",
  " 1",
  "1\n",
  "1 000.00",
  "1,00",
  "1.000,00",
  "1_000",
  "+1",
  "-1",
  "-0",
  "1e3",
  "1E3",
  "0x10",
  "0b1",
  "1.",
  ".5",
  "1..5",
  "1.2.3",
  "١٢",
  "１２",
  "½",
  "NaN",
  "Infinity",
  "null",
  "1n",
  "€1",
  "1€",
  "1\u0000",
  "1\u200b",
  "__proto__",
  "9".repeat(16),
  `0.${"1".repeat(31)}`,
  "9".repeat(100_000),
];

describe("isSameAmount", () => {
  it.each([
    ["13.3", "13.30"],
    ["13.300", "13.30"],
    ["5", "5.00"],
    ["05", "5"],
    ["0", "0.00"],
  ])("%s is %s", (a, b) => {
    expect(isSameAmount(eur(a), eur(b))).toBe(true);
    expect(isSameAmount(eur(b), eur(a))).toBe(true);
  });

  it.each([
    ["13.30", "13.31"],
    ["13.30", "13.3000000001"],
    ["1", "10"],
    ["9007199254740992", "9007199254740993"],
    ["900719925474099.3", "900719925474099.2"],
  ])("%s is not %s", (a, b) => {
    expect(isSameAmount(eur(a), eur(b))).toBe(false);
    expect(isSameAmount(eur(b), eur(a))).toBe(false);
  });

  it("differs in another currency", () => {
    expect(isSameAmount(eur("1"), { value: "1", currency: "CHF" })).toBe(false);
  });

  it.each(HOSTILE)("%j equals nothing, not even itself", (text) => {
    expect(isSameAmount(eur(text), eur(text))).toBe(false);
    expect(isSameAmount(eur("1"), eur(text))).toBe(false);
    expect(isSameAmount(eur(text), eur("1"))).toBe(false);
  });
});

describe("isAmountWithin", () => {
  const within = (value: string) => isAmountWithin(eur(value), eur("1.00"), eur("500"));

  it.each(["1", "1.0", "1.01", "499.99", "500.00"])("%s is within 1.00 and 500.00", (value) => {
    expect(within(value)).toBe(true);
  });

  it.each(["0", "0.99", "500.01", "1000", "10"])("%s is compared by size, not as text", (value) => {
    expect(within(value)).toBe(value === "10");
  });

  it.each(HOSTILE)("rejects %j", (text) => {
    expect(() => within(text)).toThrow(expect.objectContaining({ code: "invalid_amount", param: "amount.value" }));
  });

  it("rejects more decimals than the currency has", () => {
    expect(() => within("1.001")).toThrow(
      expect.objectContaining({ code: "too_many_decimals", param: "amount.value" }),
    );
  });

  it("names a bound that is not an amount", () => {
    expect(() => isAmountWithin(eur("1"), eur("x"), eur("2"))).toThrow(expect.objectContaining({ param: "min.value" }));
    expect(() => isAmountWithin(eur("1"), eur("0"), eur("x"))).toThrow(expect.objectContaining({ param: "max.value" }));
  });

  it.each([
    [{ value: "1", currency: "CHF" }, eur("2")],
    [eur("0"), { value: "2", currency: "CHF" }],
  ])("compares one currency only", (min, max) => {
    expect(() => isAmountWithin(eur("1"), min, max)).toThrow(
      expect.objectContaining({
        code: "mixed_currencies",
        param: "amount.currency",
        message: "The amount and its bounds share one currency.",
      }),
    );
  });
});

describe("normalizeAmount", () => {
  it.each([
    ["5", "EUR", "5.00"],
    ["05.5", "EUR", "5.50"],
    ["0", "EUR", "0.00"],
    ["0.07", "EUR", "0.07"],
    ["9999999999999.99", "EUR", "9999999999999.99"],
    ["500", "JPY", "500"],
    ["1.5", "IQD", "1.500"],
    ["1.5", "RSD", "1.50"],
  ])("writes %s %s as %s", (value, currency, normalized) => {
    expect(normalizeAmount({ value, currency })).toEqual({ value: normalized, currency });
  });

  it.each(HOSTILE)("rejects %j without repeating it", (text) => {
    const act = () => normalizeAmount(eur(text));
    expect(act).toThrow(MoneyError);
    expect(act).toThrow(
      expect.objectContaining({
        name: "MoneyError",
        code: "invalid_amount",
        param: "amount.value",
        message: "An amount is digits and at most one decimal point.",
      }),
    );
  });

  it("rejects a value that is not text", () => {
    const number = { value: 5 as unknown as string, currency: "EUR" };
    expect(() => normalizeAmount(number)).toThrow(expect.objectContaining({ code: "invalid_amount" }));
    const list = { value: "5", currency: ["EUR"] as unknown as string };
    expect(() => normalizeAmount(list)).toThrow(expect.objectContaining({ code: "invalid_currency" }));
  });
});
