import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, vi } from "vitest";
import type { MerchantObject } from "../../../src/index.ts";
import { eventually } from "../eventually.ts";

/** The namespace of merchant objects, with Cloudflare's own types. */
export const merchantObjects = (env as unknown as { readonly MERCHANT: DurableObjectNamespace<MerchantObject> })
  .MERCHANT;

/** Returns the object of a merchant. */
export function merchantObject(name = "demo"): DurableObjectStub<MerchantObject> {
  return merchantObjects.getByName(name);
}

/**
 * Changes the database as an earlier object could have left it, then restarts the object, which caches settings and
 * products.
 */
export async function changeDatabase(
  change: (storage: DurableObjectStorage) => void | Promise<void>,
  name?: string,
): Promise<void> {
  await runInDurableObject(merchantObject(name), (_object, { storage }) => change(storage));
  await evictDurableObject(merchantObject(name));
}

/** Returns the time at which the merchant's alarm is due, in milliseconds since the epoch; null while it runs. */
export function nextAlarm(): Promise<number | null> {
  return runInDurableObject(merchantObject(), (_object, state) => state.storage.getAlarm());
}

/** Waits until all due jobs are done. */
export function untilAtRest(): Promise<void> {
  return eventually(async () => expect(await nextAlarm()).toBeGreaterThan(Date.now() + 2_000));
}

/** Runs the merchant's alarm, after a running one has ended. */
export async function ringAlarm(name?: string): Promise<void> {
  await eventually(async () => expect(await runDurableObjectAlarm(merchantObject(name))).toBe(true));
}

/** Runs the merchant's alarm as it would run after this time, once a running one has ended. */
export async function ringAlarmAfter(milliseconds: number): Promise<void> {
  await moveClock(milliseconds);
  try {
    await ringAlarm();
  } finally {
    vi.useRealTimers();
  }
}

/** Advances the Worker's clock, once a running alarm has ended. The test has to restore real timers afterwards. */
export async function moveClock(milliseconds: number): Promise<void> {
  await eventually(async () => expect(await nextAlarm()).not.toBeNull());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** Runs the alarm until a check holds, and advances the Worker's clock by this before each run. */
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
 * Makes the merchant's database reject a kind of write, to simulate a crash at that point.
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
