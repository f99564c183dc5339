import {
  type Money,
  narrowPolicies,
  policiesThatExplain,
  ROUNDING_POLICIES,
  type RoundingPolicy,
} from "@qonto-pay/core/money";
import type { BasketItem } from "@qonto-pay/core/qonto";

/** The observed rounding of a merchant's Qonto. */
export interface LearnedRounding {
  /** The policies that explain every amount so far. Empty: Qonto rounds in none of the known ways. */
  readonly policies: readonly RoundingPolicy[];
  /** The number of those amounts, counted while there is something to learn. */
  readonly answers: number;
}

/** Initially, every policy may be Qonto's. The most usual one comes first. */
export const NOTHING_KNOWN: LearnedRounding = { policies: ROUNDING_POLICIES, answers: 0 };

/** After this many, an amount that distinguishes the policies has occurred, or such amounts are very rare. */
const ANSWERS_TO_LEARN_FROM = 50;

/**
 * Returns the policies under which the next basket must have the right amount.
 *
 * At first, only the first possible one: if it proves wrong, the amount check detects it and the policy is ruled out
 * for good. A basket that is right under all policies would never teach which one is Qonto's. Later, all remaining
 * ones, so that no shopper waits for a second attempt.
 */
export function policiesToMeet({ policies, answers }: LearnedRounding): readonly RoundingPolicy[] {
  return answers < ANSWERS_TO_LEARN_FROM ? policies.slice(0, 1) : policies;
}

/** Returns the knowledge after Qonto answered `gross` for `items`. If Qonto changes its rounding, learning restarts. */
export function learn(known: LearnedRounding, items: readonly BasketItem[], gross: Money): LearnedRounding {
  const policies = narrowPolicies(known.policies, items, gross);
  if (policies.length === 0) return { policies: policiesThatExplain(items, gross), answers: 0 };
  return { policies, answers: Math.min(known.answers + 1, ANSWERS_TO_LEARN_FROM) };
}
