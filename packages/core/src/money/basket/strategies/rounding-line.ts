import { priceStep, roundingDraft } from "../draft-line.ts";
import { grossUnder } from "../../gross-under.ts";
import type { RoundingPolicy } from "../../rounding-policy.ts";
import { A_CENT_OR_SO } from "./agreeing-lines.ts";
import { collapsedWhereNeeded } from "./collapsed-lines.ts";
import { plainLines } from "./plain-lines.ts";
import type { Strategy } from "./strategy.ts";

/** Proposes the lines at their nearest prices, and one more at 0 % VAT for the cent or two that they lack. */
export const roundingLine: Strategy = function* (basket, policies) {
  const step = priceStep(basket.currency);
  for (const lines of [...plainLines(basket, policies), collapsedWhereNeeded(basket, policies)]) {
    const gross = grossUnder({ lines, one: basket.one }, policies[0] as RoundingPolicy);
    const missing = basket.shown - gross;
    if (missing > 0n && missing <= A_CENT_OR_SO * step && missing % step === 0n) {
      yield [...lines, roundingDraft(missing, basket)];
    }
  }
};
