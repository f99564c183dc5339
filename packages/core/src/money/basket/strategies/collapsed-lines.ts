import { collapsedDraft, type DraftLine, plainDraft } from "../draft-line.ts";
import { comesTo } from "../../gross-under.ts";
import type { RoundingPolicy } from "../../rounding-policy.ts";
import type { WantedBasket } from "../wanted-basket.ts";
import type { Strategy } from "./strategy.ts";

/** Lines as one thing each, "3 x Mug": first only those that don't come out by themselves, then all of them. */
export const collapsedLines: Strategy = (basket, policies) => {
  if (basket.lines.every((line) => line.quantity === basket.one)) return [];
  return [collapsedWhereNeeded(basket, policies), basket.lines.map((line) => collapsedDraft(line, basket))];
};

/** Plain lines where they come to what the shopper was shown by themselves, collapsed ones where they don't. */
export function collapsedWhereNeeded(basket: WantedBasket, policies: readonly RoundingPolicy[]): DraftLine[] {
  return basket.lines.map((line) => {
    const plain = plainDraft(line, basket);
    return comesTo(line.gross, { lines: [plain], one: basket.one }, policies) ? plain : collapsedDraft(line, basket);
  });
}
