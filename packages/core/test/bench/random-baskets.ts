import {
  type BasketIntent,
  buildBasket,
  type PriceableItem,
  priceBasket,
  ROUNDING_POLICIES,
} from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { netBasket, someIntent } from "../money/arbitrary-baskets.ts";
import { grossesInCents, grossInCents } from "../money/oracle.ts";

const inCents = ({ value }: { readonly value: string }): bigint => BigInt(value.replace(".", ""));

/**
 * Compares random baskets with exact fractions under all policies and returns the number of amounts that differ. Half
 * of them are baskets of net prices, half are baskets as shops show them (free lines, 0 %, discounts, store credit,
 * unrounded totals, noisy quantities), written for Qonto.
 */
export function randomBaskets(count: number): number {
  const seed = Number(process.env["MONEY_SEED"] ?? Date.now() % 2 ** 31);
  console.log(`## ${count.toLocaleString("en")} random baskets against exact fractions (MONEY_SEED=${seed})`);
  const started = performance.now();
  const tally = { baskets: 0, different: 0 };
  const report = (...what: unknown[]): void => {
    tally.different += 1;
    console.log("differs:", ...what.map((part) => JSON.stringify(part)));
  };
  const ofPrices = (items: PriceableItem[]): void => {
    tally.baskets += 1;
    for (const policy of ROUNDING_POLICIES) {
      if (inCents(priceBasket(items, policy).gross) !== grossInCents(items, policy)) report(policy, items);
    }
  };
  const ofShops = (intent: BasketIntent): void => {
    tally.baskets += 1;
    const { items, shown } = buildBasket(intent);
    const wanted = grossesInCents(intent).reduce((all, gross) => all + gross, 0n);
    if (inCents(shown) !== wanted) report("shown", intent);
    for (const policy of ROUNDING_POLICIES) {
      if (grossInCents(items, policy) !== wanted) report(policy, intent);
    }
  };
  const ofEach = Math.ceil(count / 2);
  fc.assert(fc.property(netBasket, ofPrices), { numRuns: ofEach, seed });
  fc.assert(fc.property(someIntent, ofShops), { numRuns: ofEach, seed });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${tally.baskets} baskets x ${ROUNDING_POLICIES.length} policies, ${tally.different} different, ${seconds.toFixed(0)} s\n`,
  );
  return tally.different;
}
