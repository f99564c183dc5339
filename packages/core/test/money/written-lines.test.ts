import { type BasketIntent, buildBasket, type PricedLine, type RoundingPolicy } from "@qonto-pay/core/money";
import { expect, it } from "vitest";
import { euros, REAL_RATES } from "./arbitrary-baskets.ts";

const KNOWN: readonly (RoundingPolicy | undefined)[] = [
  undefined,
  { level: "line", mode: "half_up" },
  { level: "unit", mode: "half_even" },
  { level: "rate", mode: "half_up" },
  { level: "total", mode: "half_even" },
];
const QUANTITIES = [1, 3, 1, 2.5, 7, 1, 12, 0.35, 50, 1];

/** Returns the same basket for the same number in every run. */
function basketOf(number: number): BasketIntent {
  const size = 1 + (number % 4);
  const lines = Array.from({ length: size }, (_, place): PricedLine => {
    const salt = number * 31 + place * 17;
    return {
      title: "ABCD".charAt(place),
      quantity: QUANTITIES[salt % QUANTITIES.length] ?? 1,
      price: euros(1 + ((salt * salt * 7919) % (number % 3 === 0 ? 97 : 4999))),
      tax_behavior: number % 5 === 4 ? "exclusive" : "inclusive",
      vat_rate: REAL_RATES[(number + (place % 2) * 5) % REAL_RATES.length] ?? "20",
    };
  });
  const policy = KNOWN[Math.floor(number / 5) % KNOWN.length];
  return { lines, policy, ...(number % 7 === 3 ? { discount: euros(1) } : {}) };
}

/** Returns the wanted lines, and the lines written for them. */
function told(number: number): string {
  const intent = basketOf(number);
  const { items, shown, strategy } = buildBasket(intent);
  const [policy] = [intent.policy ?? []].flat();
  const wanted = intent.lines.map((line) => `${line.quantity} ${line.title} ${line.price?.value} at ${line.vat_rate}`);
  const written = items.map((item) => `${item.quantity} ${item.title} ${item.unit_price.value} at ${item.vat_rate}`);
  const known = policy === undefined ? "unknown" : `${policy.level} ${policy.mode}`;
  return [
    `${number}. ${wanted.join(", ")} (${intent.lines[0]?.tax_behavior}, less ${intent.discount?.value ?? "nothing"})`,
    `   ${known}: ${written.join(", ")} = ${shown.value} (${strategy})`,
  ].join("\n");
}

it("the lines of 300 baskets on the pay page do not change", async () => {
  const all = Array.from({ length: 300 }, (_, number) => told(number)).join("\n");
  await expect(`${all}\n`).toMatchFileSnapshot("written-lines.txt");
});
