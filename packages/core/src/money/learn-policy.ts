import { isSameAmount } from "./compare-amounts.ts";
import type { Money } from "./money.ts";
import { priceBasket } from "./price-basket.ts";
import type { PriceableItem } from "./read-items.ts";
import { ROUNDING_POLICIES, type RoundingPolicy } from "./rounding-policy.ts";

/** The policies under which these items come to the gross that Qonto answered. Errors as `priceBasket`. */
export function policiesThatExplain(items: readonly PriceableItem[], grossSeen: Money): readonly RoundingPolicy[] {
  return narrowPolicies(ROUNDING_POLICIES, items, grossSeen);
}

/**
 * The candidates that explain one more observation. None left means that Qonto rounds in a way that is not among them,
 * or has changed it: begin again with all policies. Errors as `priceBasket`.
 */
export function narrowPolicies(
  candidates: readonly RoundingPolicy[],
  items: readonly PriceableItem[],
  grossSeen: Money,
): readonly RoundingPolicy[] {
  return candidates.filter((policy) => isSameAmount(priceBasket(items, policy).gross, grossSeen));
}
