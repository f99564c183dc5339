import { priceStep } from "../draft-line.ts";
import { grossUnder } from "../gross-under.ts";
import type { RoundingPolicy } from "../rounding-policy.ts";
import { A_CENT_OR_SO, agreeingLines } from "./agreeing-lines.ts";
import { collapsedWhereNeeded } from "./collapsed-lines.ts";
import { plainLines } from "./plain-lines.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Lines and one more at 0 % VAT for the cent or so that they fall short: the lines at their nearest prices if they fall
 * short by as much under each of the policies, else lines that all policies agree about.
 */
export const roundingLine: Strategy = function* (basket, policies) {
  const step = priceStep(basket.currency);
  const natural = [...plainLines(basket, policies)].map((proposal) => proposal.lines);
  for (const lines of [...natural, collapsedWhereNeeded(basket, policies)]) {
    const gross = grossUnder({ lines, one: basket.one }, policies[0] as RoundingPolicy);
    const rounding = basket.shown - gross;
    if (rounding > 0n && rounding <= A_CENT_OR_SO * step && rounding % step === 0n) yield { lines, rounding };
  }
  const agreeing = agreeingLines(basket);
  if (agreeing !== null) yield agreeing;
};
