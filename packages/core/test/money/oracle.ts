import type { RoundingPolicy } from "@qonto-pay/core/money";

/**
 * A second opinion on what baskets come to: textbook fractions, written from the meaning of the policies alone. It
 * shares no code with what it judges.
 */

/** `n / d`, not reduced; `d` is above zero. */
type Fraction = readonly [n: bigint, d: bigint];

const HUNDRED: Fraction = [100n, 1n];
const ONE: Fraction = [1n, 1n];

function fraction(decimal: string): Fraction {
  const [whole = "", part = ""] = decimal.split(".");
  return [BigInt(`${whole}${part}`), BigInt(`1${"0".repeat(part.length)}`)];
}

const times = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const over = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d, b * c];
const plus = ([a, b]: Fraction, [c, d]: Fraction): Fraction => (b === d ? [a + c, b] : [a * d + c * b, b * d]);
const total = (all: readonly Fraction[]): Fraction => all.reduce(plus, [0n, 1n]);

/** Rounded to whole cents, as an amount in cents. */
function toCents(amount: Fraction, mode: RoundingPolicy["mode"]): Fraction {
  const [n, d] = times(amount, HUNDRED);
  const below = n / d;
  const distance = 2n * (n - below * d) - d;
  const up = distance > 0n || (distance === 0n && (mode === "half_up" || below % 2n === 1n));
  return [up ? below + 1n : below, 100n];
}

export interface OracleItem {
  readonly quantity: number;
  readonly unit_price: { readonly value: string };
  readonly vat_rate: string;
}

/** The gross of the items under the policy, in cents. */
export function grossInCents(items: readonly OracleItem[], { level, mode }: RoundingPolicy): bigint {
  const round = (amount: Fraction): Fraction => toCents(amount, mode);
  const lines = items.map((item) => ({
    price: fraction(item.unit_price.value),
    quantity: fraction(String(item.quantity)),
    rate: over(fraction(item.vat_rate), HUNDRED),
  }));
  const netOf = (line: (typeof lines)[number]): Fraction => times(line.price, line.quantity);
  const grossOf = (line: (typeof lines)[number]): Fraction => times(netOf(line), plus(ONE, line.rate));
  const byRate = [...new Set(lines.map((line) => Number(line.rate[0]) / Number(line.rate[1])))].map((rate) =>
    lines.filter((line) => Number(line.rate[0]) / Number(line.rate[1]) === rate),
  );
  const gross = {
    unit: () => total(lines.map((line) => round(times(round(times(line.price, plus(ONE, line.rate))), line.quantity)))),
    line: () => total(lines.map((line) => round(grossOf(line)))),
    rate: () => total(byRate.map((group) => round(total(group.map(grossOf))))),
    total: () => round(total(lines.map(grossOf))),
    en16931: () =>
      total(
        byRate.map((group) => {
          const net = total(group.map((line) => round(netOf(line))));
          return plus(net, round(times(net, group[0]?.rate ?? [0n, 1n])));
        }),
      ),
  }[level]();
  const [n, d] = times(gross, HUNDRED);
  return n / d;
}
