import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok, warning } from "./check.ts";

const RECENT_MS = 60 * 60_000;

/** The calls to Qonto that failed last. */
export function checkLastErrors(merchant: MerchantContext): Finding<"last_errors"> {
  const faults = merchant.qontoErrors.list();
  const measured = {
    errors: faults.map(({ operation, message, count, firstAt, lastAt }) => ({
      operation,
      message,
      count,
      first_at: new Date(firstAt).toISOString(),
      last_at: new Date(lastAt).toISOString(),
    })),
  };
  const newest = faults[0]?.lastAt ?? null;
  if (newest === null) return ok("No call to Qonto has ever failed.", measured);
  if (Date.now() - newest > RECENT_MS) return ok("No call to Qonto has failed within the hour.", measured);
  return warning(
    "Calls to Qonto have failed within the hour.",
    "Compare their times with what went wrong in the shop. Single ones are repeated by themselves; for one that goes on, see the checks above.",
    measured,
  );
}
