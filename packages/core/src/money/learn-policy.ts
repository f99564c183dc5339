import { isSameAmount } from "./compare-amounts.ts";
import type { Money } from "./money.ts";
import { priceBasket } from "./price-basket.ts";
import type { PriceableItem } from "./read-items.ts";
import { ROUNDING_POLICIES, type RoundingPolicy } from "./rounding-policy.ts";

/**
 * Returns the policies under which the gross of these items is the amount that Qonto answered. Throws the errors of
 * `priceBasket`.
 */
export function policiesThatExplain(items: readonly PriceableItem[], grossSeen: Money): readonly RoundingPolicy[] {
  return narrowPolicies(ROUNDING_POLICIES, items, grossSeen);
}

/**
 * Returns the candidates that also explain one more observation. An empty result means that Qonto uses a policy outside
 * of the candidates, or has changed its policy: start again with all policies. Throws the errors of `priceBasket`.
 */
export function narrowPolicies(
  candidates: readonly RoundingPolicy[],
  items: readonly PriceableItem[],
  grossSeen: Money,
): readonly RoundingPolicy[] {
  return candidates.filter((policy) => isSameAmount(priceBasket(items, policy).gross, grossSeen));
}
