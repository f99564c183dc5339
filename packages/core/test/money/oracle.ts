import type { RoundingPolicy } from "@qonto-pay/core/money";

/**
 * A second implementation of basket totals: textbook fractions, written from the definition of the policies alone. It
 * shares no code with the code under test.
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

/** Rounded half up to millionths, as quantities and unrounded totals are read. */
function toMillionths(decimal: string): Fraction {
  const [n, d] = times(fraction(decimal), [1_000_000n, 1n]);
  const below = n / d;
  return [2n * (n - below * d) >= d ? below + 1n : below, 1_000_000n];
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
    quantity: toMillionths(String(item.quantity)),
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

export interface OracleIntent {
  readonly lines: readonly {
    readonly quantity: number;
    readonly price?: { readonly value: string } | undefined;
    readonly line_total?: { readonly value: string } | undefined;
    readonly tax_behavior: "inclusive" | "exclusive";
    readonly vat_rate: string;
  }[];
  readonly discount?: { readonly value: string } | undefined;
  readonly store_credit?: { readonly value: string } | undefined;
}

const CENT: Fraction = [1n, 100n];
const minus = (a: Fraction, [n, d]: Fraction): Fraction => plus(a, [-n, d]);
/** Whole cents below an amount. */
const centsBelow = ([n, d]: Fraction): bigint => (n * 100n) / d;
const inCents = (amount: Fraction): bigint => centsBelow(toCents(amount, "half_up"));
/** The part of an amount above whole cents. */
const above = (amount: Fraction): Fraction => minus(amount, [centsBelow(amount), 100n]);
const isLarger = ([a, b]: Fraction, [c, d]: Fraction): boolean => a * d > c * b;

/** Each amount in whole cents, so that they add up to `sum`: the missing cents go to the largest remainders. */
function cutTo(sum: bigint, amounts: readonly Fraction[]): bigint[] {
  const cents = amounts.map(centsBelow);
  for (let missing = sum - cents.reduce((all, some) => all + some, 0n); missing > 0n; missing -= 1n) {
    let most = -1;
    for (const [index, amount] of amounts.entries()) {
      const isGiven = cents[index] !== centsBelow(amount);
      if (!isGiven && (most === -1 || isLarger(above(amount), above(amounts[most] ?? CENT)))) most = index;
    }
    cents[most] = (cents[most] ?? 0n) + 1n;
  }
  return cents;
}

/** A whole number of cents in proportion to weights. */
function inProportion(cents: bigint, weights: readonly bigint[]): bigint[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  return all === 0n
    ? weights.map(() => 0n)
    : cutTo(
        cents,
        weights.map((weight): Fraction => [cents * weight, all * 100n]),
      );
}

/** First over the VAT rates, then over the lines of each. */
function takenOff(cents: bigint, lines: OracleIntent["lines"], weights: readonly bigint[]): bigint[] {
  const rates = [...new Set(lines.map((line) => Number(line.vat_rate)))];
  const ofRate = rates.map((rate) => [...lines.keys()].filter((index) => Number(lines[index]?.vat_rate) === rate));
  const weigh = (indexes: readonly number[]) => indexes.map((index) => weights[index] ?? 0n);
  const parts = inProportion(
    cents,
    ofRate.map((indexes) => weigh(indexes).reduce((sum, weight) => sum + weight, 0n)),
  );
  const shares = lines.map(() => 0n);
  for (const [place, indexes] of ofRate.entries()) {
    const ofLines = inProportion(parts[place] ?? 0n, weigh(indexes));
    for (const [at, index] of indexes.entries()) shares[index] = ofLines[at] ?? 0n;
  }
  return shares;
}

const amountOf = (line: OracleIntent["lines"][number]): Fraction =>
  line.price === undefined
    ? toMillionths(line.line_total?.value ?? "0")
    : times(fraction(line.price.value), toMillionths(String(line.quantity)));

/** The price of each line in the tax behaviour of its price, before any reduction, in whole cents, rounded down. */
export function amountsInCents({ lines }: OracleIntent): bigint[] {
  return lines.map((line) => centsBelow(amountOf(line)));
}

/** The amount shown for each line, VAT included, after the discount and the store credit. */
export function grossesInCents(intent: OracleIntent): bigint[] {
  const { lines, discount, store_credit } = intent;
  const discounts = takenOff(centsBelow(fraction(discount?.value ?? "0")), lines, amountsInCents(intent));
  const exact = lines.map((line, index) => {
    const amount = minus(amountOf(line), [discounts[index] ?? 0n, 100n]);
    const factor = plus(ONE, over(fraction(line.vat_rate), HUNDRED));
    return line.tax_behavior === "inclusive" ? amount : times(amount, factor);
  });
  const unrounded = [...lines.keys()].filter((index) => lines[index]?.price === undefined);
  const totals = unrounded.map((index) => exact[index] ?? CENT);
  const ofTotals = cutTo(inCents(total(totals)), totals);
  const grosses = exact.map(inCents);
  for (const [at, index] of unrounded.entries()) grosses[index] = ofTotals[at] ?? 0n;
  const credits = takenOff(centsBelow(fraction(store_credit?.value ?? "0")), lines, grosses);
  return grosses.map((gross, index) => gross - (credits[index] ?? 0n));
}
