import { buildBasket, priceBasket, ROUNDING_POLICIES } from "@qonto-pay/core/money";
import { euros, REAL_RATES } from "../money/arbitrary-baskets.ts";

const COUNTED = ["plain", "split", "rounding"] as const;
const KNOWN = ROUNDING_POLICIES.filter(({ level, mode }) => level === "line" && mode === "half_up");
const HIGHEST = 100_000;

/**
 * Builds one line of every price and rate, prints the share of each strategy, and returns the number of lines that are
 * not exact.
 */
export function everyPrice(): number {
  console.log("## Inclusive prices 0.01 to 1000.00, quantity 1: share of each strategy");
  console.log(
    "| VAT rate | one line | one line and a rounding line | policy known (line, half up): one line | two lines |",
  );
  console.log("|---|---|---|---|---|");
  let wrong = 0;
  for (const rate of REAL_RATES) {
    const unknown = new Map<string, number>();
    const known = new Map<string, number>();
    for (let cents = 1; cents <= HIGHEST; cents += 1) {
      const price = euros(cents);
      const lines = [{ title: "Thing", quantity: 1, price, tax_behavior: "inclusive", vat_rate: rate }] as const;
      const built = buildBasket({ lines });
      const learned = buildBasket({ lines, policy: KNOWN });
      unknown.set(built.strategy, (unknown.get(built.strategy) ?? 0) + 1);
      known.set(learned.strategy, (known.get(learned.strategy) ?? 0) + 1);
      const exact =
        ROUNDING_POLICIES.every((policy) => priceBasket(built.items, policy).gross.value === price.value) &&
        KNOWN.every((policy) => priceBasket(learned.items, policy).gross.value === price.value);
      if (!exact) wrong += 1;
    }
    const share = (of: Map<string, number>, strategy: (typeof COUNTED)[number]) =>
      `${(((of.get(strategy) ?? 0) / HIGHEST) * 100).toFixed(2)} %`;
    console.log(
      `| ${rate} % | ${share(unknown, "plain")} | ${share(unknown, "rounding")} | ${share(known, "plain")} | ${share(known, "split")} |`,
    );
  }
  console.log(`${REAL_RATES.length * HIGHEST} prices x ${ROUNDING_POLICIES.length} policies, ${wrong} not exact\n`);
  return wrong;
}
