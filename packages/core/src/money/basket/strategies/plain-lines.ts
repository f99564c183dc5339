import { plainDraft, priceStep } from "../draft-line.ts";
import { isNearShown } from "../settle.ts";
import type { Strategy } from "./strategy.ts";

/** The lines as the merchant wrote them, if no quantity takes one of them far from what was shown for it. */
export const plainLines: Strategy = (basket) => {
  const lines = basket.lines.map((line) => plainDraft(line, basket));
  const step = priceStep(basket.currency);
  return lines.every((line) => isNearShown(line, basket.one, step)) ? [lines] : [];
};
