import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { gzipSync } from "node:zlib";
import { buildBasket, type PriceableItem, priceBasket, type RoundingPolicy } from "@qonto-pay/core/money";
import { Big } from "big.js";
import { add, dinero, halfUp, multiply, toDecimal, transformScale } from "dinero.js/bigint";
import { EUR } from "dinero.js/bigint/currencies";
import { measure } from "mitata";
import { fromMinorUnits } from "../../src/money/amount.ts";
import { grossUnder } from "../../src/money/gross-under.ts";
import { readItems } from "../../src/money/read-items.ts";
import { euros, REAL_RATES } from "../money/arbitrary-baskets.ts";

const POLICY: RoundingPolicy = { level: "line", mode: "half_up" };

/** Twenty lines of several rates, some with a fractional quantity. */
const ITEMS = Array.from(
  { length: 20 },
  (_, index): PriceableItem => ({
    quantity: index % 4 === 3 ? 0.75 + index : 1 + index,
    unit_price: euros(199 + 1307 * index),
    vat_rate: REAL_RATES[index % REAL_RATES.length] ?? "20",
  }),
);
const LINES = ITEMS.map((item, index) => ({
  title: `Thing ${index}`,
  quantity: item.quantity,
  price: item.unit_price,
  tax_behavior: "inclusive" as const,
  vat_rate: item.vat_rate,
}));

/** Each returns the gross of the items, with every line rounded half up. */
const ARITHMETICS = {
  "core: bigint": { gross: grossByCore, entry: new URL("../../src/money/gross-under.ts", import.meta.url).href },
  "big.js": { gross: grossByBig, entry: import.meta.resolve("big.js") },
  "dinero.js, bigint": { gross: grossByDinero, entry: import.meta.resolve("dinero.js/bigint") },
};

/** Prints the time of each arithmetic for the same twenty lines, and the bytes it adds to a bundle. */
export async function timeArithmetics(): Promise<void> {
  console.log("## The gross of 20 lines, each line rounded half up");
  console.log("| arithmetic | median per basket | p99 | its modules, gzip |");
  console.log("|---|---|---|---|");
  const answers = new Set<string>();
  for (const [name, { gross, entry }] of Object.entries(ARITHMETICS)) {
    answers.add(gross());
    const { p50, p99 } = await measure(gross);
    console.log(`| ${name} | ${micros(p50)} | ${micros(p99)} | ${gzipped(entry)} B |`);
  }
  if (answers.size !== 1) throw new Error(`The arithmetics differ: ${[...answers].join(", ")}`);
  const ours = {
    "core: `priceBasket`, with net, VAT by rate and every line": () => priceBasket(ITEMS, POLICY),
    "core: `buildBasket` of 1 inclusive line": () => buildBasket({ lines: LINES.slice(0, 1) }),
    "core: `buildBasket` of 20 inclusive lines": () => buildBasket({ lines: LINES }),
  };
  for (const [name, work] of Object.entries(ours)) {
    const { p50, p99 } = await measure(work);
    console.log(`| ${name} | ${micros(p50)} | ${micros(p99)} | |`);
  }
}

function grossByCore(): string {
  const { lines, one, currency } = readItems(ITEMS);
  return fromMinorUnits(grossUnder({ lines, one }, POLICY), currency).value;
}

function grossByBig(): string {
  return ITEMS.map((item) =>
    new Big(item.unit_price.value)
      .times(new Big(String(item.quantity)))
      .times(new Big(item.vat_rate).times(new Big("0.01")).plus(new Big("1")))
      .round(2, Big.roundHalfUp),
  )
    .reduce((total, gross) => total.plus(gross))
    .toFixed(2);
}

function grossByDinero(): string {
  const gross = ITEMS.map((item) => {
    const price = dinero({ amount: scaled(item.unit_price.value).amount, currency: EUR });
    const rate = scaled(item.vat_rate);
    const factor = { amount: 100n * 10n ** rate.scale + rate.amount, scale: rate.scale + 2n };
    return transformScale(multiply(multiply(price, scaled(String(item.quantity))), factor), 2n, halfUp);
  }).reduce(add);
  return toDecimal(gross);
}

function scaled(decimal: string): { amount: bigint; scale: bigint } {
  const [whole = "", part = ""] = decimal.split(".");
  return { amount: BigInt(whole + part), scale: BigInt(part.length) };
}

function micros(nanoseconds: number): string {
  return `${(nanoseconds / 1000).toFixed(1)} µs`;
}

/** Returns the size of a module and all its imports, with types stripped and not minified. */
function gzipped(entry: string): number {
  const sources = new Map<string, string>();
  const load = (url: string): void => {
    if (sources.has(url)) return;
    const file = readFileSync(new URL(url), "utf8");
    const source = url.endsWith(".ts") ? stripTypeScriptTypes(file) : file;
    sources.set(url, source);
    for (const [, path = ""] of source.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) load(new URL(path, url).href);
  };
  load(entry);
  return gzipSync([...sources.values()].join("\n")).length;
}
