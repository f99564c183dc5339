import { plainDraft, priceStep } from "../draft-line.ts";
import { isNearShown } from "../settle.ts";
import type { Strategy } from "./strategy.ts";

/**
 * Proposes the lines as the merchant wrote them, unless a quantity takes one of them far from the amount shown for it.
 */
export const plainLines: Strategy = (basket) => {
  const lines = basket.lines.map((line) => plainDraft(line, basket));
  const step = priceStep(basket.currency);
  return lines.every((line) => isNearShown(line, basket.one, step)) ? [lines] : [];
};
