import { type PriceableItem, priceBasket, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import * as fc from "fast-check";
import { netBasket } from "../money/arbitrary-baskets.ts";
import { grossInCents } from "../money/oracle.ts";

/** Prices random baskets under all policies and by exact fractions; answers how many amounts differ. */
export function randomBaskets(count: number): number {
  const seed = Number(process.env["MONEY_SEED"] ?? Date.now() % 2 ** 31);
  console.log(`## ${count.toLocaleString("en")} random baskets against exact fractions (MONEY_SEED=${seed})`);
  const started = performance.now();
  let baskets = 0;
  let different = 0;
  const compare = (items: PriceableItem[]): void => {
    baskets += 1;
    for (const policy of ROUNDING_POLICIES) {
      const { gross } = priceBasket(items, policy);
      if (BigInt(gross.value.replace(".", "")) === grossInCents(items, policy)) continue;
      different += 1;
      console.log("differs:", JSON.stringify(policy), JSON.stringify(items));
    }
  };
  fc.assert(fc.property(netBasket, compare), { numRuns: count, seed });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    `${baskets} baskets x ${ROUNDING_POLICIES.length} policies, ${different} different, ${seconds.toFixed(0)} s\n`,
  );
  return different;
}
