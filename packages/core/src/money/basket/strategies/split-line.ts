import { collapsedDraft, type DraftLine, plainDraft, priceStep } from "../draft-line.ts";
import { comesTo } from "../../gross-under.ts";
import { itemTitle } from "../item-title.ts";
import type { RoundingPolicy } from "../../rounding-policy.ts";
import type { WantedBasket, WantedLine } from "../wanted-basket.ts";
import type { Strategy } from "./strategy.ts";

/** Most cents by which one half may be below the even half. */
const MOST_UNEVEN = 12n;

/**
 * Proposes each line that is not exact as two lines: the last of several at a price of its own, or one thing in two
 * parts.
 *
 * Two lines have a gross that differs from that of one line of the same rate only if each line is rounded separately. So this
 * strategy gains nothing under a policy that rounds more than a line; under the others, each line can be considered
 * alone.
 */
export const splitLine: Strategy = (basket, policies) => {
  if (!policies.every(({ level }) => level === "unit" || level === "line")) return [];
  const lines: DraftLine[] = [];
  for (const line of basket.lines) {
    const written = firstThatComesOut(line, basket, policies);
    if (written === null) return [];
    lines.push(...written);
  }
  return [lines];
};

function firstThatComesOut(
  line: WantedLine,
  basket: WantedBasket,
  policies: readonly RoundingPolicy[],
): DraftLine[] | null {
  for (const lines of waysToWrite(line, basket)) {
    if (comesTo(line.gross, { lines, one: basket.one }, policies)) return lines;
  }
  return null;
}

/** Proposes all forms of one line that may be exact, the most natural first. */
function* waysToWrite(line: WantedLine, basket: WantedBasket): Generator<DraftLine[]> {
  yield [plainDraft(line, basket)];
  const collapsed = collapsedDraft(line, basket);
  yield [collapsed];
  const step = priceStep(basket.currency);
  yield* lastApart(line, collapsed.price, basket, step);
  yield* inTwoParts(collapsed, step);
}

/** Proposes "2 x Mug" at one price and "1 x Mug" at another, so that the nets add up. */
function* lastApart(line: WantedLine, net: bigint, basket: WantedBasket, step: bigint): Generator<DraftLine[]> {
  const plain = plainDraft(line, basket);
  const others = line.quantity / basket.one - 1n;
  if (others < 1n || line.quantity % basket.one !== 0n) return;
  const most: DraftLine = { ...plain, quantity: others * basket.one, count: Number(others), writing: "split" };
  const last: DraftLine = { ...plain, quantity: basket.one, count: 1, writing: "split" };
  for (const price of [plain.price, plain.price - step, plain.price + step]) {
    const rest = net - others * price;
    if (price >= 0n && rest >= 0n)
      yield [
        { ...most, price },
        { ...last, price: rest },
      ];
  }
}

/** Proposes "Mug (1/2)" and "Mug (2/2)" at prices that add up to the net, as evenly as possible. */
function* inTwoParts(line: DraftLine, step: bigint): Generator<DraftLine[]> {
  const half = (line.price / step / 2n) * step;
  for (let uneven = 0n; uneven <= MOST_UNEVEN; uneven += 1n) {
    const price = half - uneven * step;
    if (price <= 0n) return;
    const part: DraftLine = { ...line, measured: false, writing: "split" };
    yield [
      { ...part, title: itemTitle(line.title, { after: " (1/2)" }), price: line.price - price },
      { ...part, title: itemTitle(line.title, { after: " (2/2)" }), price },
    ];
  }
}
