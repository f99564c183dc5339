import { MoneyError, type PriceableItem, priceBasket, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { netBasket, somePolicy, runs } from "./arbitrary-baskets.ts";
import { grossInCents } from "./oracle.ts";
import { vatVectors } from "./vat-vectors.ts";

const cents = ({ value }: { value: string }): bigint => BigInt(value.replace(".", ""));
const item = (value: string, quantity = 1, vat_rate = "20", currency = "EUR"): PriceableItem => ({
  quantity,
  unit_price: { value, currency },
  vat_rate,
});

describe("priceBasket", () => {
  it("supports ten policies", () => {
    expect(new Set(ROUNDING_POLICIES.map(({ level, mode }) => `${level}/${mode}`)).size).toBe(10);
  });

  for (const { name, items, gross } of vatVectors.vectors) {
    it.each(ROUNDING_POLICIES)(`${name}: $level $mode`, (policy) => {
      const basket = items.map((line) => item(line.unit_price, line.quantity, line.vat_rate));
      expect(priceBasket(basket, policy).gross.value).toBe(gross[`${policy.level}/${policy.mode}`]);
    });
  }

  it("agrees with exact fractions", () => {
    fc.assert(
      fc.property(netBasket, somePolicy, (items, policy) => {
        expect(cents(priceBasket(items, policy).gross)).toBe(grossInCents(items, policy));
      }),
      runs(4000),
    );
  });

  it("adds up: lines to rates, rates to totals, net and VAT to gross, and VAT is never negative or charged at 0 %", () => {
    fc.assert(
      fc.property(netBasket, somePolicy, (items, policy) => {
        const { net, vat, gross, lines } = priceBasket(items, policy);
        const sum = (parts: { value: string }[]) => parts.reduce((all, part) => all + cents(part), 0n);
        expect(sum(lines.map((line) => line.net))).toBe(cents(net));
        expect(sum(lines.map((line) => line.gross))).toBe(cents(gross));
        expect(sum(vat.map((rate) => rate.net))).toBe(cents(net));
        expect(sum(vat.map((rate) => rate.vat)) + cents(net)).toBe(cents(gross));
        for (const line of lines) expect(cents(line.net) + cents(line.vat)).toBe(cents(line.gross));
        for (const line of lines) expect(line.vat.value).not.toContain("-");
        expect(vat.find((rate) => rate.rate === "0")?.vat.value ?? "0.00").toBe("0.00");
      }),
      runs(1500),
    );
  });

  it("returns net, VAT and gross by line and by rate, in the order of the items", () => {
    const items = [item("10.00", 1, "20.0"), item("5.00", 2, "5.50"), item("1.00", 1, "20")];
    const eur = (value: string) => ({ value, currency: "EUR" });
    expect(priceBasket(items, { level: "line", mode: "half_up" })).toEqual({
      net: eur("21.00"),
      vat: [
        { rate: "20", net: eur("11.00"), vat: eur("2.20") },
        { rate: "5.5", net: eur("10.00"), vat: eur("0.55") },
      ],
      gross: eur("23.75"),
      lines: [
        { net: eur("10.00"), vat: eur("2.00"), gross: eur("12.00") },
        { net: eur("10.00"), vat: eur("0.55"), gross: eur("10.55") },
        { net: eur("1.00"), vat: eur("0.20"), gross: eur("1.20") },
      ],
    });
  });

  it("gives the rounding cent of a group to the line with the largest remainder", () => {
    const items = [item("0.33"), item("0.34"), item("0.33")];
    const { lines, gross } = priceBasket(items, { level: "total", mode: "half_up" });
    expect(gross.value).toBe("1.20");
    expect(lines.map((line) => line.vat.value)).toEqual(["0.07", "0.07", "0.06"]);
  });

  it("rounds each line separately if the policy does", () => {
    const items = [item("0.03"), item("0.03"), item("0.03"), item("10.02")];
    const vatOfLines = (level: "unit" | "line" | "rate") =>
      priceBasket(items, { level, mode: "half_up" }).lines.map((line) => line.vat.value);
    expect(vatOfLines("line")).toEqual(["0.01", "0.01", "0.01", "2.00"]);
    expect(vatOfLines("unit")).toEqual(["0.01", "0.01", "0.01", "2.00"]);
    expect(vatOfLines("rate")).toEqual(["0.01", "0.01", "0.00", "2.00"]);
  });

  it("rounds the net of a rate once if the policy rounds by rate", () => {
    const { net, lines } = priceBasket([item("0.01", 0.5, "0"), item("0.01", 0.5, "0")], {
      level: "rate",
      mode: "half_up",
    });
    expect(net.value).toBe("0.01");
    expect(lines.map((line) => line.net.value)).toEqual(["0.01", "0.00"]);
  });

  it("rounds the net of each line, and VAT by rate, as e-invoices do", () => {
    const { net, vat, lines } = priceBasket([item("16.65", 0.5), item("16.65", 0.5)], {
      level: "en16931",
      mode: "half_up",
    });
    expect(net.value).toBe("16.66");
    expect(vat.map((rate) => rate.vat.value)).toEqual(["3.33"]);
    expect(lines.map((line) => line.net.value)).toEqual(["8.33", "8.33"]);
  });

  it.each([
    ["JPY", "101", "111"],
    ["BHD", "1.01", "1.111"],
    ["CLF", "1.01", "1.1110"],
    ["HUF", "1.01", "1.11"],
  ])("rounds %s to its own minor unit", (currency, price, gross) => {
    const basket = [item(price, 1, "10", currency)];
    expect(priceBasket(basket, { level: "line", mode: "half_up" }).gross).toEqual({ value: gross, currency });
  });

  it.each<[string, PriceableItem[], string, string]>([
    ["no items", [], "empty_basket", "items"],
    ["two currencies", [item("1"), item("1", 1, "20", "CHF")], "mixed_currencies", "items[1].unit_price.currency"],
    ["a currency in small letters", [item("1", 1, "20", "eur")], "invalid_currency", "items[0].unit_price.currency"],
    ["a currency of four letters", [item("1", 1, "20", "EURO")], "invalid_currency", "items[0].unit_price.currency"],
    ["three decimals", [item("1"), item("1.234")], "too_many_decimals", "items[1].unit_price.value"],
    ["three decimals, in dinar", [item("1.234", 1, "0", "KWD")], "too_many_decimals", "items[0].unit_price.value"],
    ["a decimal, in yen", [item("1.5", 1, "20", "JPY")], "too_many_decimals", "items[0].unit_price.value"],
    ["a price of 14 digits", [item("10000000000000")], "amount_too_large", "items[0].unit_price.value"],
    ["a total of 14 digits", [item("9999999999999"), item("1")], "amount_too_large", "items"],
    ["quantity 0", [item("1", 0)], "invalid_quantity", "items[0].quantity"],
    ["a negative quantity", [item("1", -1)], "invalid_quantity", "items[0].quantity"],
    ["a quantity of 1e21", [item("1", 1e21)], "invalid_quantity", "items[0].quantity"],
    ["a quantity of 1e-7", [item("1", 1e-7)], "invalid_quantity", "items[0].quantity"],
    ["a quantity that is not a number", [item("1", Number.NaN)], "invalid_quantity", "items[0].quantity"],
    ["an infinite quantity", [item("1", Number.POSITIVE_INFINITY)], "invalid_quantity", "items[0].quantity"],
    ["a text as quantity", [item("1", "2" as unknown as number)], "invalid_quantity", "items[0].quantity"],
    ["a rate over 100", [item("1", 1, "100.0001")], "invalid_vat_rate", "items[0].vat_rate"],
    ["a rate of five decimals", [item("1", 1, "5.50001")], "invalid_vat_rate", "items[0].vat_rate"],
    ["a rate with a sign", [item("1"), item("1", 1, "-5")], "invalid_vat_rate", "items[1].vat_rate"],
  ])("rejects %s and names the field", (_, items, code, param) => {
    const act = () => priceBasket(items, { level: "line", mode: "half_up" });
    expect(act).toThrow(MoneyError);
    expect(act).toThrow(expect.objectContaining({ code, param, message: expect.stringMatching(/^[A-Z].+\.$/) }));
  });

  it.each([
    [item("1.230"), item("1.23")],
    [item("1.0", 1, "20", "JPY"), item("1", 1, "20", "JPY")],
    [item("1", 1, "5.50000"), item("1", 1, "5.5")],
    [item("1", 0.1 + 0.2), item("1", 0.3)],
  ])("accepts a value with trailing zeros: %j", (written, meant) => {
    const policy = { level: "line", mode: "half_up" } as const;
    expect(priceBasket([written], policy)).toEqual(priceBasket([meant], policy));
  });

  it("accepts the largest values that it allows", () => {
    const price = (value: string, quantity: number, rate: string) =>
      priceBasket([item(value, quantity, rate)], { level: "line", mode: "half_up" }).gross.value;
    expect(price("9999999999999.99", 1, "0")).toBe("9999999999999.99");
    expect(price("1", 1, "100")).toBe("2.00");
    expect(price("100", 1, "0.0001")).toBe("100.00");
    expect(price("10000", 1, "12.3456")).toBe("11234.56");
    expect(price("1000000", 0.000001, "0")).toBe("1.00");
    expect(price("0", 1, "20")).toBe("0.00");
  });
});
