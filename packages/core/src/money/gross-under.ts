import { type ExactBasket, exactGross, exactNet, linesByRate } from "./exact-line.ts";
import { divideRounded } from "./rounding.ts";
import type { RoundingPolicy } from "./rounding-policy.ts";
import { sum } from "./sum.ts";
import { WHOLE } from "./vat-rate.ts";

/** Returns the gross of a basket under a policy, in minor units. */
export function grossUnder({ lines, one }: ExactBasket, { level, mode }: RoundingPolicy): bigint {
  switch (level) {
    case "unit":
      return sum(lines, (line) => {
        const grossOfOne = divideRounded(line.price * (WHOLE + line.rate), WHOLE, mode);
        return divideRounded(grossOfOne * line.quantity, one, mode);
      });
    case "line":
      return sum(lines, (line) => divideRounded(exactGross(line), one * WHOLE, mode));
    case "rate":
      return sum(linesByRate(lines).values(), (group) => divideRounded(sum(group, exactGross), one * WHOLE, mode));
    case "total":
      return divideRounded(sum(lines, exactGross), one * WHOLE, mode);
    case "en16931":
      return sum(linesByRate(lines), ([rate, group]) => {
        const net = sum(group, (line) => divideRounded(exactNet(line), one, mode));
        return net + divideRounded(net * rate, WHOLE, mode);
      });
  }
}

/** Returns whether the gross of a basket is this amount, in minor units, under each of the policies. */
export function comesTo(gross: bigint, basket: ExactBasket, policies: readonly RoundingPolicy[]): boolean {
  return policies.every((policy) => grossUnder(basket, policy) === gross);
}
