import type { BasketItem } from "../../qonto/payment-link.ts";
import { fromMinorUnits } from "../amount.ts";
import type { BasketIntent } from "./basket-intent.ts";
import { type DraftLine, priceStep, toItem, type Writing } from "./draft-line.ts";
import type { Money } from "../money.ts";
import { MoneyError } from "../money-error.ts";
import { ROUNDING_POLICIES, type RoundingPolicy } from "../rounding-policy.ts";
import { settle } from "./settle.ts";
import { agreeingLines } from "./strategies/agreeing-lines.ts";
import { collapsedLines } from "./strategies/collapsed-lines.ts";
import { plainLines } from "./strategies/plain-lines.ts";
import { roundingLine } from "./strategies/rounding-line.ts";
import { splitLine } from "./strategies/split-line.ts";
import type { Strategy } from "./strategies/strategy.ts";
import { readIntent, type WantedBasket } from "./wanted-basket.ts";

/** The strategy of a basket: the most elaborate one of its lines. */
export type BasketStrategy = Writing;

/** The lines for Qonto, and their total. */
export interface BuiltBasket {
  /** The lines to send to Qonto, unchanged. */
  readonly items: readonly BasketItem[];
  /** The amount that the shopper was shown and will pay, VAT included. */
  readonly shown: Money;
  readonly strategy: BasketStrategy;
  /** One English sentence for the merchant that explains the lines. */
  readonly why: string;
}

/** The strategies, starting with the most natural one on a pay page. */
const STRATEGIES: readonly Strategy[] = [plainLines, collapsedLines, splitLine, roundingLine, agreeingLines];

const WHY: Readonly<Record<BasketStrategy, string>> = {
  plain: "One line for each thing, at its quantity, comes to the price shown",
  collapsed: "No net price of one unit comes to the price shown, so a quantity is written into the title",
  split: "No net price of a single line comes to the price shown, so one line is written as two",
  rounding: "No net prices with two decimals come to the price shown, so a line of its own makes up for the rest",
};

/**
 * Writes a basket for Qonto so that its total is exactly the amount that the shopper was shown.
 *
 * It chooses the most natural lines that are exact under every rounding policy or, if the policy is known, under that
 * policy.
 *
 * @throws {MoneyError} `empty_basket`, `mixed_currencies`, `invalid_currency`, `invalid_amount`, `too_many_decimals`,
 *   `amount_too_large`, `invalid_quantity`, `invalid_vat_rate`, `discount_too_large`, `store_credit_too_large`,
 *   `mixed_tax_behavior` (a discount on prices of both kinds), `zero_amount` (nothing is left to pay) or
 *   `no_exact_lines` (only in a currency of three decimals, or at VAT rates below 0.1 %); `param` is the path of the
 *   field (`lines[2].price.value`)
 */
export function buildBasket(intent: BasketIntent): BuiltBasket {
  const basket = readIntent(intent);
  const known = [intent.policy ?? []].flat();
  const aims = known.length === 0 ? [ROUNDING_POLICIES] : [ROUNDING_POLICIES, known];
  for (const propose of STRATEGIES) {
    for (const policies of aims) {
      const goal = { gross: basket.shown, policies, one: basket.one, step: priceStep(basket.currency) };
      for (const lines of propose(basket, policies)) {
        const settled = settle(lines, goal);
        if (settled !== null) return written(basket, settled, policies);
      }
    }
  }
  throw new MoneyError("no_exact_lines", "lines", "No lines were found that add up to this amount exactly.");
}

function written(
  { currency, shown }: WantedBasket,
  lines: readonly DraftLine[],
  policies: readonly RoundingPolicy[],
): BuiltBasket {
  const strategy = mostElaborate(lines);
  const under = policies === ROUNDING_POLICIES ? "regardless of how Qonto rounds" : "the way Qonto was seen to round";
  return {
    items: lines.map((line) => toItem(line, currency)),
    shown: fromMinorUnits(shown, currency),
    strategy,
    why: `${WHY[strategy]}, ${under}.`,
  };
}

function mostElaborate(lines: readonly DraftLine[]): Writing {
  const order = ["rounding", "split", "collapsed"] as const;
  return order.find((writing) => lines.some((line) => line.writing === writing)) ?? "plain";
}
