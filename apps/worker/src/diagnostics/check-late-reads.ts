import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, isoOf, ok, warning } from "./check.ts";

const LATE_AFTER_MS = 10 * 60_000;

/** Whether the alarm reads the links of open checkouts when they are due. */
export function checkLateReads(merchant: MerchantContext): Finding<"late_reads"> {
  const late = merchant.checkouts.countDueBefore(Date.now() - LATE_AFTER_MS);
  const measured = {
    open_checkouts: merchant.checkouts.countOpen(),
    late_reads: late,
    oldest_due_at: late === 0 ? null : isoOf(merchant.checkouts.nextReading()),
  };
  if (late === 0) return ok(`${measured.open_checkouts} checkouts are open, and none is read too late.`, measured);
  return warning(
    `${late} links should have been read more than 10 minutes ago: the alarm is behind.`,
    "Send POST /v1/diagnostics/repair, and run the diagnostics again in a minute. For one order, POST /v1/checkouts/{id}/sync reads its link now.",
    measured,
  );
}
