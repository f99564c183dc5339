import type { MerchantContext } from "../context/merchant-context.ts";
import { NOTHING_KNOWN } from "../pricing/learned-rounding.ts";
import { type Finding, ok, warning } from "./check.ts";

/** What is known of how Qonto rounds. Every amount is compared with the one shown, whatever is known. */
export function checkRounding(merchant: MerchantContext): Finding<"rounding"> {
  const known = merchant.settings.read("rounding");
  const { policies, answers } = known ?? NOTHING_KNOWN;
  const measured = { policies, answers };
  if (policies.length === 0) {
    return warning(
      "The last amount of Qonto's comes from no way of rounding that is known.",
      "Nobody pays another price than the one shown. Prices that come out under every rounding still work: report the basket to the makers of this software.",
      measured,
    );
  }
  if (known === null) return ok("Nothing was learned yet of how Qonto rounds.", measured);
  const left = policies.length === 1 ? "One way of rounding explains" : `${policies.length} ways of rounding explain`;
  return ok(`${left} every amount of Qonto's so far.`, measured);
}
