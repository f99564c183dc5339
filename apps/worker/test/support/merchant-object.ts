import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { MerchantObject } from "../../src/index.ts";
import { eventually } from "./eventually.ts";

/** The objects of merchants, as Cloudflare's own types have them. */
export const merchantObjects = (env as unknown as { readonly MERCHANT: DurableObjectNamespace<MerchantObject> })
  .MERCHANT;

/** The object of a merchant. */
export function merchantObject(name = "demo"): DurableObjectStub<MerchantObject> {
  return merchantObjects.getByName(name);
}

/** When the merchant's alarm rings next, in milliseconds of the epoch; null while it is ringing. */
export function nextAlarm(): Promise<number | null> {
  return runInDurableObject(merchantObject(), (_object, state) => state.storage.getAlarm());
}

/** Waits until all that is due now is done. */
export function untilAtRest(): Promise<void> {
  return eventually(async () => expect(await nextAlarm()).toBeGreaterThan(Date.now() + 2_000));
}

/** Has the merchant's alarm ring, once it does not ring already. */
export async function ringAlarm(name?: string): Promise<void> {
  await eventually(async () => expect(await runDurableObjectAlarm(merchantObject(name))).toBe(true));
}

/** Has the merchant's alarm ring as it would after this time, once what it does already is done. */
export async function ringAlarmAfter(milliseconds: number): Promise<void> {
  await moveClock(milliseconds);
  try {
    await ringAlarm();
  } finally {
    vi.useRealTimers();
  }
}

/** Moves the Worker's clock on, once what the merchant's alarm does already is done. The test has to use real timers afterwards. */
export async function moveClock(milliseconds: number): Promise<void> {
  await eventually(async () => expect(await nextAlarm()).not.toBeNull());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** Rings the alarm until a check holds, the Worker's clock moved on by this for each ring. */
export async function ringUntil(check: () => Promise<void>, milliseconds = 1_100): Promise<void> {
  for (let ring = 0; ring < 100; ring += 1) {
    await moveClock(milliseconds);
    await ringAlarm();
    try {
      await check();
      return;
    } catch (error) {
      if (ring === 99) throw error;
    }
  }
}

/**
 * Has the merchant's database reject a kind of write, as a crash at that point would leave it undone.
 *
 * @param write such as `INSERT ON inbox`.
 */
export function breakTable(write: string): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec(`CREATE TRIGGER broken BEFORE ${write} BEGIN SELECT RAISE(ABORT, 'broken'); END`);
  });
}

export function repairTable(): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec("DROP TRIGGER broken");
  });
}
