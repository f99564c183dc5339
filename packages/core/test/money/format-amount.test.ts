import { formatAmount } from "@qonto-pay/core/format";
import { describe, expect, it } from "vitest";

const eur = (value: string) => ({ value, currency: "EUR" });
/** Replaces spaces of every kind with plain ones: their kind depends on the engine's data. */
const written = (value: string, locale: string, currency = "EUR") =>
  formatAmount({ value, currency }, locale).replace(/\s/g, " ");

describe("formatAmount", () => {
  it.each([
    ["fr", "1234.5", "1 234,50 €"],
    ["de-DE", "1234.50", "1.234,50 €"],
    ["en-IE", "13.3", "€13.30"],
    ["it", "0", "0,00 €"],
    ["es", "13.300", "13,30 €"],
    ["pt", "13.3", "13,30 €"],
    ["pt-PT", "13.3", "13,30 €"],
    ["pt-BR", "13.3", "€ 13,30"],
  ])("writes as people do in %s", (locale, value, text) => {
    expect(written(value, locale)).toBe(text);
  });

  it("keeps every digit of an amount that a float can't hold", () => {
    expect(written("9999999999999.99", "en")).toBe("€9,999,999,999,999.99");
    expect(written("900719925474099.31", "en")).toBe("€900,719,925,474,099.31");
  });

  it("never rounds, even if people omit the decimals", () => {
    expect(written("1500.50", "en", "HUF")).toBe("HUF 1,500.50");
    expect(written("13.505", "en")).toBe("€13.505");
    expect(written("500", "ja", "JPY")).toContain("500");
    expect(written("500.00", "en", "JPY")).toBe("¥500");
    expect(written("1.5", "en", "BHD")).toBe("BHD 1.500");
  });

  it.each(["", "_", "xx", "not a locale", "en_US", "fr-"])("falls back to English for %j", (locale) => {
    expect(formatAmount(eur("13.30"), locale)).toBe("€13.30");
  });

  it("rejects a text that is not a currency", () => {
    expect(() => formatAmount({ value: "1", currency: "EURO" }, "en")).toThrow(RangeError);
  });
});
