import { collapsedDraft, type DraftLine, plainDraft } from "../draft-line.ts";
import { comesTo } from "../../gross-under.ts";
import type { RoundingPolicy } from "../../rounding-policy.ts";
import type { WantedBasket } from "../wanted-basket.ts";
import type { Strategy } from "./strategy.ts";

/** Proposes lines as one thing each, "3 x Mug": first only the lines that are not exact otherwise, then all of them. */
export const collapsedLines: Strategy = (basket, policies) => {
  if (basket.lines.every((line) => line.quantity === basket.one)) return [];
  return [collapsedWhereNeeded(basket, policies), basket.lines.map((line) => collapsedDraft(line, basket))];
};

/** Returns plain lines if they reach the shown amount, otherwise collapsed ones. */
export function collapsedWhereNeeded(basket: WantedBasket, policies: readonly RoundingPolicy[]): DraftLine[] {
  return basket.lines.map((line) => {
    const plain = plainDraft(line, basket);
    return comesTo(line.gross, { lines: [plain], one: basket.one }, policies) ? plain : collapsedDraft(line, basket);
  });
}
