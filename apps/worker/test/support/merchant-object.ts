import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { Env } from "../../src/env.ts";

/** The object of a merchant. */
export function merchantObject(name = "demo") {
  return (env as unknown as Env).MERCHANT.getByName(name);
}

/** When the merchant's alarm rings next, in milliseconds of the epoch; null while it is ringing. */
export function nextAlarm(): Promise<number | null> {
  return runInDurableObject(merchantObject(), (_object, state) => state.storage.getAlarm());
}

/** Waits until all that is due now is done. */
export function untilAtRest(): Promise<void> {
  return vi.waitFor(async () => expect(await nextAlarm()).toBeGreaterThan(Date.now() + 2_000), 5_000);
}

/** Has the merchant's alarm ring as it would after this time. */
export async function ringAlarmAfter(milliseconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
  try {
    await runDurableObjectAlarm(merchantObject());
  } finally {
    vi.useRealTimers();
  }
}
