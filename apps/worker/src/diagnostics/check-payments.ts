import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";
import { NOTHING_KNOWN } from "../pricing/learned-rounding.ts";

const READ_LATE_AFTER_MS = 10 * 60_000;

/** Checks whether the alarm polls the links of open checkouts when they are due. */
export function checkLateReads(merchant: MerchantContext): Finding<"late_reads"> {
  const late = merchant.checkoutReads.countDueBefore(Date.now() - READ_LATE_AFTER_MS);
  const measured = {
    open_checkouts: merchant.checkouts.countOpen(),
    late_reads: late,
    oldest_due_at: late === 0 ? null : isoOf(merchant.checkoutReads.nextReading()),
  };
  if (late === 0)
    return ok(`${measured.open_checkouts} checkouts are open. None of their links is overdue for a read.`, measured);
  return warning(
    `${late} links have been due for a read for more than 10 minutes: the alarm is late.`,
    "Send POST /v1/diagnostics/repair, and run the diagnostics again in a minute. For one order, POST /v1/checkouts/{id}/sync reads its link now.",
    measured,
  );
}

/** While Qonto answers, an orphaned link is found within about 11 minutes, and a known one is deactivated at once. */
const LINK_OLD_AFTER_MS = 15 * 60_000;

/** Checks whether links that no shopper should pay are known to be open at Qonto. */
export function checkLostLinks(merchant: MerchantContext): Finding<"lost_links"> {
  const { count, unidentified, oldestNotedAt } = merchant.linkReservations.waiting();
  const unread = merchant.announcedLinks.countDueBefore(Date.now() - LINK_OLD_AFTER_MS);
  const measured = { waiting: count, unidentified, unread, oldest_noted_at: isoOf(oldestNotedAt) };
  if (count === 0 && unread === 0) return ok("No link at Qonto waits to be deactivated.", measured);
  const message = `${count} links that no shopper should pay are waiting to be deactivated at Qonto. The Worker still searches Qonto's list for ${unidentified} of them. It could not yet read ${unread} links that Qonto's webhooks named.`;
  const isOld = oldestNotedAt !== null && Date.now() - oldestNotedAt >= LINK_OLD_AFTER_MS;
  if (!isOld && unread === 0) return ok(message, measured);
  return warning(
    message,
    "The Worker tries again automatically, and drops no link before it has read Qonto's whole list. Look at last_errors for the cause, and deactivate old open links in GET /v1/payment_links that carry no checkout.",
    measured,
  );
}

/**
 * Reports the rounding policies that explain Qonto's amounts. Every amount is compared with the displayed one anyway.
 */
export function checkRounding(merchant: MerchantContext): Finding<"rounding"> {
  const known = merchant.settings.read("rounding");
  const { policies, answers } = known ?? NOTHING_KNOWN;
  const measured = { policies, answers };
  if (policies.length === 0) {
    return warning(
      "No known rounding policy explains Qonto's last amount.",
      "No shopper pays another price than the one shown, and prices that are the same under every policy still work. Report the basket to the makers of this software.",
      measured,
    );
  }
  if (known === null) return ok("No amount from Qonto has been compared yet.", measured);
  const left = policies.length === 1 ? "One rounding policy explains" : `${policies.length} rounding policies explain`;
  return ok(`${left} every amount from Qonto so far.`, measured);
}
