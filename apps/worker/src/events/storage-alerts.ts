import { logStorage } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { ALERT_PERCENTAGES } from "../storage/database-size.ts";
import { recordEvent } from "./record-event.ts";

/** A percentage is reported again once the storage was this much below it. */
const REPEATED_AFTER_PERCENT = 5;

/**
 * Runs from the alarm, which rings once a day or more often. Reports to the shop and in the log each percentage that the
 * merchant's storage has reached, once.
 */
export function reportStorage(merchant: MerchantContext): void {
  const { settings, databaseSize } = merchant;
  const { usedBytes, usedPercent, limitBytes } = databaseSize;
  const reported = settings.read("storage_reported");
  const reached = ALERT_PERCENTAGES.findLast((percentage) => usedPercent >= percentage) ?? null;
  if (reached !== null && (reported === null || reached > reported)) {
    const storage = { used_bytes: usedBytes, limit_bytes: limitBytes, threshold_percent: reached };
    merchant.transaction(() => {
      settings.write("storage_reported", reached);
      recordEvent(merchant, "storage.almost_full", { storage });
    });
    logStorage(merchant.name, storage);
  } else if (reported !== null && usedPercent < reported - REPEATED_AFTER_PERCENT) {
    if (reached === null) settings.remove("storage_reported");
    else settings.write("storage_reported", reached);
  }
}
