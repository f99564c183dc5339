import {
  type Money,
  narrowPolicies,
  policiesThatExplain,
  ROUNDING_POLICIES,
  type RoundingPolicy,
} from "@qonto-pay/core/money";
import type { BasketItem } from "@qonto-pay/core/qonto";

/** The policies that may still be Qonto's. Empty: Qonto was seen to round in none of the ways we know. */
export type RoundingKnowledge = readonly RoundingPolicy[];

/** Nothing is known yet: every policy may be Qonto's. The most usual one comes first. */
export const NOTHING_KNOWN: RoundingKnowledge = ROUNDING_POLICIES;

/**
 * The policy to write the next basket for: the first that may still be Qonto's. Most baskets come out under every policy
 * anyway; where this one is needed and proves wrong, the amount guard notices, and it is ruled out for good.
 *
 * Undefined where Qonto's rounding is none of ours: then only lines that come out under all of them are worth a try.
 */
export function policyToTry(knowledge: RoundingKnowledge): RoundingPolicy | undefined {
  return knowledge[0];
}

/** What is known once Qonto answered `gross` to `items`. Qonto may change its ways: then learning begins anew. */
export function learn(knowledge: RoundingKnowledge, items: readonly BasketItem[], gross: Money): RoundingKnowledge {
  const narrowed = narrowPolicies(knowledge, items, gross);
  return narrowed.length > 0 ? narrowed : policiesThatExplain(items, gross);
}
