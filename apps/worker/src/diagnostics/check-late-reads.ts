import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

const LATE_AFTER_MS = 10 * 60_000;

/** Whether the alarm reads the links of open checkouts when they are due; rings it where it doesn't. */
export async function checkLateReads(merchant: MerchantContext): Promise<Finding<"late_reads">> {
  const now = Date.now();
  const late = merchant.checkouts.countDueBefore(now - LATE_AFTER_MS);
  const measured = {
    open_checkouts: merchant.checkouts.countOpen(),
    late_reads: late,
    oldest_due_at: late === 0 ? null : isoOf(merchant.checkouts.nextReading()),
  };
  if (late === 0) return ok(`${measured.open_checkouts} checkouts are open, and none is read too late.`, measured);
  await merchant.scheduleAlarm(now);
  return warning(
    `${late} links should have been read more than 10 minutes ago: the alarm is behind.`,
    "It was just rung again: ask in a minute. Where an order waits, POST /v1/checkouts/{id}/sync reads its link now.",
    measured,
  );
}
