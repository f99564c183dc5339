import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import type { ByPriority } from "../../src/qonto/priority.ts";
import type { LimitRecord } from "../../src/qonto/rate-limiter.ts";
import { merchantObject } from "../support/object/merchant-object.ts";

/** More calls than any test needs. */
const MANY = 200;

/** Returns what the merchant has stored of Qonto's limits. */
export function storedLimits(): Promise<LimitRecord | null> {
  return runInDurableObject(merchantObject(), (_object, { storage }) => {
    const [row] = storage.sql
      .exec<{ value: string }>("SELECT value FROM settings WHERE name = 'qonto_limits'")
      .toArray();
    return row === undefined ? null : (JSON.parse(row.value) as LimitRecord);
  });
}

/** Leaves each priority this many calls of its own, and none that all can use. Restarts the merchant's object. */
export async function limitCalls(own: Partial<ByPriority>): Promise<void> {
  const all = { event: MANY, server: MANY, shopper: MANY, upkeep: MANY, ...own };
  // Far below zero, so that no call is added during the test.
  const left = {
    own: Object.fromEntries(Object.entries(all).map(([name, calls]) => [name, calls === 0 ? -1_000 : calls])),
    common: -10_000,
  };
  const record = JSON.stringify({ left, at: Date.now(), rejectedAt: [] });
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    storage.sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES ('qonto_limits', ?)", record);
  });
  await abortAllDurableObjects();
}
