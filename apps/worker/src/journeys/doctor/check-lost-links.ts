import type { Merchant } from "../../merchant/merchant.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

/** A link that was lost is found, or given up, within about 11 minutes; one that is known is deactivated at once. */
const OLD_AFTER_MS = 15 * 60_000;

/** Whether links that nobody may pay are still open at Qonto. */
export function checkLostLinks(merchant: Merchant): Finding<"lost_links"> {
  const { count, oldestNotedAt } = merchant.unclaimedLinks.waiting();
  const measured = { waiting: count, oldest_noted_at: isoOf(oldestNotedAt) };
  if (count === 0) return ok("No link at Qonto waits to be deactivated.", measured);
  const message = `${count} links that nobody may pay wait to be deactivated at Qonto.`;
  if (oldestNotedAt === null || Date.now() - oldestNotedAt < OLD_AFTER_MS) return ok(message, measured);
  return warning(
    message,
    "They are tried again by themselves. Look at last_errors for why it fails, and deactivate old open links in GET /v1/payment_links that carry no checkout.",
    measured,
  );
}
