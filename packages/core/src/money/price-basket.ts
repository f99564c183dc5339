import { assertPayableSize, fromMinorUnits } from "./amount.ts";
import { type ExactBasket, type ExactLine, exactNet, exactVat, linesByRate } from "./exact-line.ts";
import { grossUnder } from "./gross-under.ts";
import type { Money } from "./money.ts";
import { type PriceableItem, readItems } from "./read-items.ts";
import { divideRounded } from "./rounding.ts";
import type { RoundingPolicy } from "./rounding-policy.ts";
import { spread } from "./spread.ts";
import { sum } from "./sum.ts";
import { formatVatRate } from "./vat-rate.ts";

/** Net and VAT of one line, and their sum. */
export interface LinePrice {
  readonly net: Money;
  readonly vat: Money;
  readonly gross: Money;
}

/** Net and VAT of all lines of one rate. `rate` is a percentage in its shortest form: "21", "5.5". */
export interface RatePrice {
  readonly rate: string;
  readonly net: Money;
  readonly vat: Money;
}

/** A priced basket. Lines add up to the rates and to the totals, and net and VAT to gross, under any policy. */
export interface BasketPrice {
  readonly net: Money;
  /** One entry for each rate, in the order in which the rates first occur. */
  readonly vat: readonly RatePrice[];
  readonly gross: Money;
  /** One entry for each item, in their order. */
  readonly lines: readonly LinePrice[];
}

interface NetAndVat {
  readonly net: bigint;
  readonly vat: bigint;
}

/**
 * Computes the exact total of a basket of net prices under a rounding policy.
 *
 * The policy decides the amounts that are rounded. If it rounds a group of lines, the group's net and VAT are spread
 * over its lines by largest remainder, so that the lines add up.
 *
 * @throws {MoneyError} `empty_basket`, `mixed_currencies`, `invalid_currency`, `invalid_amount`, `too_many_decimals` (a
 *   unit price has two at most, and no more than its currency), `amount_too_large`, `invalid_quantity` or
 *   `invalid_vat_rate`; `param` is the path of the field (`items[2].unit_price.value`)
 */
export function priceBasket(items: readonly PriceableItem[], policy: RoundingPolicy): BasketPrice {
  const basket = readItems(items);
  const money = (minorUnits: bigint): Money => fromMinorUnits(minorUnits, basket.currency);
  const shares = new Map(
    linesRoundedTogether(basket.lines, policy).flatMap((lines) => pricesOf({ lines, one: basket.one }, policy)),
  );
  const lines = basket.lines.map((line) => shares.get(line) as NetAndVat);
  const total = addUp(lines);
  assertPayableSize(total.net + total.vat, basket.currency, "items");
  return {
    net: money(total.net),
    vat: [...linesByRate(basket.lines)].map(([rate, ofRate]) => {
      const { net, vat } = addUp(ofRate.map((line) => shares.get(line) as NetAndVat));
      return { rate: formatVatRate(rate), net: money(net), vat: money(vat) };
    }),
    gross: money(total.net + total.vat),
    lines: lines.map(({ net, vat }) => ({ net: money(net), vat: money(vat), gross: money(net + vat) })),
  };
}

/** Returns the smallest groups of lines that the policy rounds independently of each other. */
function linesRoundedTogether(lines: readonly ExactLine[], { level }: RoundingPolicy): (readonly ExactLine[])[] {
  if (level === "total") return [lines];
  if (level === "rate" || level === "en16931") return [...linesByRate(lines).values()];
  return lines.map((line) => [line]);
}

/** Returns net and VAT of each line of a group that is rounded together. */
function pricesOf(group: ExactBasket, policy: RoundingPolicy): [ExactLine, NetAndVat][] {
  const { lines, one } = group;
  const nets =
    policy.level === "en16931"
      ? lines.map((line) => divideRounded(exactNet(line), one, policy.mode))
      : spread(divideRounded(sum(lines, exactNet), one, policy.mode), lines.map(exactNet));
  const vats = spread(grossUnder(group, policy) - sum(nets, (net) => net), lines.map(exactVat));
  return lines.map((line, index) => [line, { net: nets[index] as bigint, vat: vats[index] as bigint }]);
}

function addUp(parts: readonly NetAndVat[]): NetAndVat {
  return { net: sum(parts, (part) => part.net), vat: sum(parts, (part) => part.vat) };
}
