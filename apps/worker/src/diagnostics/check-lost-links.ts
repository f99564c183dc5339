import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

/** A lost link is found within about 11 minutes where Qonto can be read; one that is known is deactivated at once. */
const OLD_AFTER_MS = 15 * 60_000;

/** Whether links that no shopper should pay are still open at Qonto, as far as that is known. */
export function checkLostLinks(merchant: MerchantContext): Finding<"lost_links"> {
  const { count, unidentified, oldestNotedAt } = merchant.linkReservations.waiting();
  const unread = merchant.announcedLinks.countDueBefore(Date.now() - OLD_AFTER_MS);
  const measured = { waiting: count, unidentified, unread, oldest_noted_at: isoOf(oldestNotedAt) };
  if (count === 0 && unread === 0) return ok("No link at Qonto waits to be deactivated.", measured);
  const message = `${count} links that no shopper should pay are waiting to be deactivated at Qonto. The Worker still searches Qonto's list for ${unidentified} of them. It could not yet read ${unread} links that Qonto's webhooks named.`;
  const isOld = oldestNotedAt !== null && Date.now() - oldestNotedAt >= OLD_AFTER_MS;
  if (!isOld && unread === 0) return ok(message, measured);
  return warning(
    message,
    "The Worker tries again automatically, and drops no link before it has read Qonto's whole list. Look at last_errors for the cause, and deactivate old open links in GET /v1/payment_links that carry no checkout.",
    measured,
  );
}
