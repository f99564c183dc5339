import {
  type Money,
  narrowPolicies,
  policiesThatExplain,
  ROUNDING_POLICIES,
  type RoundingPolicy,
} from "@qonto-pay/core/money";
import type { BasketItem } from "@qonto-pay/core/qonto";

/** What a merchant's Qonto was seen to do. */
export interface LearnedRounding {
  /** The policies that explain every amount so far. Empty: Qonto rounds in none of the ways we know. */
  readonly policies: readonly RoundingPolicy[];
  /** How many amounts that is; counted while there is something to learn. */
  readonly answers: number;
}

/** Every policy may be Qonto's. The most usual one comes first. */
export const NOTHING_KNOWN: LearnedRounding = { policies: ROUNDING_POLICIES, answers: 0 };

/** By then, what tells the policies apart has come up, or hardly ever does. */
const ANSWERS_TO_LEARN_FROM = 50;

/**
 * The policies under which the next basket has to come out.
 *
 * At first one, the first that may still be Qonto's: where it is needed and proves wrong, the amount guard notices, and
 * it is ruled out for good. A basket that comes out under all of them would never teach which of them it is. Later all
 * that are left, so that nobody waits for a second try any more.
 */
export function policiesToMeet({ policies, answers }: LearnedRounding): readonly RoundingPolicy[] {
  return answers < ANSWERS_TO_LEARN_FROM ? policies.slice(0, 1) : policies;
}

/** What is known once Qonto answered `gross` to `items`. Qonto may change its ways: then learning begins anew. */
export function learn(known: LearnedRounding, items: readonly BasketItem[], gross: Money): LearnedRounding {
  const policies = narrowPolicies(known.policies, items, gross);
  if (policies.length === 0) return { policies: policiesThatExplain(items, gross), answers: 0 };
  return { policies, answers: Math.min(known.answers + 1, ANSWERS_TO_LEARN_FROM) };
}
