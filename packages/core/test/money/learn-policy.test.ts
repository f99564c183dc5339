import { narrowPolicies, policiesThatExplain, priceBasket, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { netBasket, somePolicy, runs } from "./arbitrary-baskets.ts";

const eur = (value: string) => ({ value, currency: "EUR" });
const item = (value: string, vat_rate: string, quantity = 1) => ({ quantity, unit_price: eur(value), vat_rate });
const names = (policies: ReturnType<typeof policiesThatExplain>) =>
  policies.map(({ level, mode }) => `${level}/${mode}`).toSorted();

describe("learning how Qonto rounds", () => {
  const threeLines = [item("1.11", "20"), item("1.11", "20"), item("1.11", "20")];

  it("returns the policies that explain an amount", () => {
    expect(names(policiesThatExplain(threeLines, eur("3.99")))).toEqual([
      "line/half_even",
      "line/half_up",
      "unit/half_even",
      "unit/half_up",
    ]);
    expect(policiesThatExplain(threeLines, eur("4"))).toHaveLength(6);
  });

  it("narrows to one policy after a few amounts", () => {
    const once = policiesThatExplain(threeLines, eur("3.99"));
    const twice = narrowPolicies(once, [item("1.61", "22", 50)], eur("98.21"));
    const thrice = narrowPolicies(twice, [item("2.50", "21"), item("2.50", "9")], eur("5.74"));
    expect(names(twice)).toEqual(["line/half_even", "line/half_up"]);
    expect(names(thrice)).toEqual(["line/half_even"]);
  });

  it("returns an empty list if no policy explains an amount", () => {
    expect(policiesThatExplain(threeLines, eur("3.98"))).toEqual([]);
    expect(policiesThatExplain(threeLines, { value: "3.99", currency: "CHF" })).toEqual([]);
  });

  it("never drops the policy in use", () => {
    fc.assert(
      fc.property(fc.array(netBasket, { minLength: 1, maxLength: 4 }), somePolicy, (baskets, inUse) => {
        const left = baskets.reduce(
          (candidates, items) => narrowPolicies(candidates, items, priceBasket(items, inUse).gross),
          ROUNDING_POLICIES,
        );
        expect(left).toContain(inUse);
      }),
      runs(300),
    );
  });
});
