import { abortAllDurableObjects, evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { AlarmScheduler } from "../../src/merchant-object/alarm-scheduler.ts";
import { type DueTable, TrackedTables } from "../../src/storage/sql.ts";
import { eventually } from "../support/eventually.ts";
import { breakTable, merchantObject, nextAlarm, repairTable, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf } from "../support/sandbox.ts";
import { answerAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;

/** A scheduler without an object. `due` holds the due times of jobs by table, and `alarm` the scheduled time. */
function newScheduler(alarmAt: number | null = null) {
  const due = new Map<DueTable, number>();
  const alarm = { at: alarmAt, writes: 0 };
  const tables = new TrackedTables({ exec: () => ({ rowsWritten: 1 }) } as unknown as SqlStorage);
  const setAlarm = (time: number | Date): Promise<void> => {
    alarm.at = Number(time);
    alarm.writes += 1;
    return Promise.resolve();
  };
  const newWith = (getAlarm: () => Promise<number | null>): AlarmScheduler =>
    new AlarmScheduler({ getAlarm, setAlarm }, tables, (after, { written, failed = [] }) => {
      const times = [...due].filter(
        ([table, time]) => time > after && (written?.has(table) ?? true) && !failed.includes(table),
      );
      return times.length === 0 ? null : Math.min(...times.map(([, time]) => time));
    });
  const scheduler = newWith(() => Promise.resolve(alarm.at));
  const store = (table: DueTable, time: number): void => {
    due.set(table, time);
    tables.of(table).exec("");
  };
  return { scheduler, due, alarm, store, newWith };
}

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the alarm", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  });

  it("is set for the next due time, and not changed while it is early enough", () => {
    const { scheduler, alarm, store } = newScheduler();
    store("checkouts", NOW + MINUTE);
    scheduler.schedule();
    store("deliveries", NOW + 2 * MINUTE);
    scheduler.schedule();
    expect(alarm).toEqual({ at: NOW + MINUTE, writes: 1 });
    store("settings", NOW + 1_000);
    scheduler.schedule();
    expect(alarm).toEqual({ at: NOW + 1_000, writes: 2 });
  });

  it("is not changed by a call without writes", () => {
    const { scheduler, due, alarm } = newScheduler();
    due.set("checkouts", NOW - MINUTE);
    scheduler.schedule();
    expect(alarm).toEqual({ at: null, writes: 0 });
  });

  it("is set for due times that an earlier object left without one", async () => {
    const { scheduler, due, alarm } = newScheduler();
    due.set("linkReservations", NOW - MINUTE);
    await scheduler.start();
    expect(alarm).toEqual({ at: NOW, writes: 1 });
  });

  it("stays as an earlier object has set it if it is early enough", async () => {
    const { scheduler, due, alarm } = newScheduler(NOW + 1_000);
    due.set("checkouts", NOW + MINUTE);
    await scheduler.start();
    expect(alarm).toEqual({ at: NOW + 1_000, writes: 0 });
  });

  it("that wakes an object is not set again for its own jobs", async () => {
    const { scheduler, due, alarm } = newScheduler();
    due.set("checkouts", NOW - 1);
    await scheduler.run(async () => {
      await scheduler.start();
      due.set("checkouts", NOW + MINUTE);
      return [];
    });
    expect(alarm).toEqual({ at: NOW + MINUTE, writes: 1 });
  });

  it("runs again for jobs that arrive while it runs, and not for its own jobs", async () => {
    const { scheduler, due, alarm, store } = newScheduler();
    due.set("checkouts", NOW - 1);
    await scheduler.run(() => {
      vi.setSystemTime(NOW + 500);
      store("checkouts", NOW - 1);
      scheduler.schedule();
      expect(alarm.at).toBeNull();
      store("announcedLinks", NOW + 500);
      scheduler.schedule();
      expect(alarm.at).toBe(NOW + 500);
      return Promise.resolve([]);
    });
    expect(alarm).toEqual({ at: NOW + 500, writes: 1 });
  });

  it("set for a later time while it runs comes within 10 seconds, so that the runtime's retry is not lost", async () => {
    const { scheduler, due, alarm, store } = newScheduler();
    await scheduler.run(() => {
      store("linkReservations", NOW + 24 * 60 * MINUTE);
      scheduler.schedule();
      expect(alarm.at).toBe(NOW + 10_000);
      due.clear();
      store("checkouts", NOW + 5 * MINUTE);
      return Promise.resolve([]);
    });
    expect(alarm.at).toBe(NOW + 5 * MINUTE);
  });

  it("comes earlier than half a minute after a defect for what other jobs have due by then", async () => {
    const { scheduler, due, alarm } = newScheduler();
    due.set("checkouts", NOW - 1);
    due.set("deliveries", NOW + 5_000);
    await scheduler.run(() => Promise.resolve(["checkouts"]));
    expect(alarm.at).toBe(NOW + 5_000);
  });

  it("that could not be read is read again by the next call", async () => {
    const { due, alarm, newWith } = newScheduler();
    due.set("checkouts", NOW + MINUTE);
    const getAlarm = vi.fn().mockRejectedValueOnce(new Error("storage is busy")).mockResolvedValue(null);
    const scheduler = newWith(getAlarm);
    await expect(scheduler.start()).rejects.toThrow("storage is busy");
    await scheduler.start();
    expect(alarm.at).toBe(NOW + MINUTE);
  });

  it("waits for a second for what is still due after it, and for half a minute after a defect", async () => {
    const { scheduler, due, alarm } = newScheduler();
    due.set("checkouts", NOW - 1);
    await scheduler.run(() => Promise.resolve([]));
    expect(alarm.at).toBe(NOW + 1_000);
    due.clear();
    await scheduler.run(() => Promise.resolve(["checkouts"]));
    expect(alarm.at).toBe(NOW + 30_000);
  });

  it("is set before a request if no alarm is near", () => {
    const { scheduler, alarm, store } = newScheduler();
    store("settings", NOW + 60 * MINUTE);
    scheduler.schedule();
    store("linkReservations", NOW + 3 * MINUTE);
    scheduler.scheduleBeforeRequest();
    expect(alarm.at).toBe(NOW + 3 * MINUTE);
    store("checkouts", NOW + MINUTE);
    scheduler.schedule();
    store("linkReservations", NOW + 1_000);
    scheduler.scheduleBeforeRequest();
    expect(alarm.at).toBe(NOW + MINUTE);
    scheduler.schedule();
    expect(alarm.at).toBe(NOW + 1_000);
  });

  it("is set before the request of a token refresh, even where another one is near", () => {
    const { scheduler, alarm, store } = newScheduler();
    store("checkouts", NOW + 55_000);
    scheduler.schedule();
    store("settings", NOW + 10_000);
    scheduler.scheduleBeforeRequest();
    expect(alarm.at).toBe(NOW + 10_000);
  });

  it("that never came is set again", () => {
    const { scheduler, alarm, store } = newScheduler();
    store("settings", NOW + 1_000);
    scheduler.schedule();
    vi.setSystemTime(NOW + 2 * MINUTE);
    store("checkouts", NOW + 3 * MINUTE);
    scheduler.schedule();
    expect(alarm).toEqual({ at: NOW + 2 * MINUTE, writes: 2 });
  });

  it("is set if the due times can't be read", () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { alarm, store } = newScheduler();
    const tables = new TrackedTables({ exec: () => ({ rowsWritten: 1 }) } as unknown as SqlStorage);
    const broken = new AlarmScheduler(
      { getAlarm: () => Promise.resolve(null), setAlarm: (time) => Promise.resolve(void (alarm.at = Number(time))) },
      tables,
      () => {
        throw new TypeError("broken");
      },
    );
    store("checkouts", NOW);
    tables.of("checkouts").exec("");
    broken.schedule();
    expect(alarm.at).toBe(NOW + 30_000);
  });
});

/** Waits until no job is due for a day. */
async function leaveNothingDue(): Promise<void> {
  await untilAtRest();
  await runInDurableObject(merchantObject(), async (_object, { storage }) => {
    storage.sql.exec("UPDATE checkouts SET read_at = NULL, closes_at = NULL");
    await storage.setAlarm(Date.now() + 24 * 60 * MINUTE);
  });
  await evictDurableObject(merchantObject());
}

/** One link is due now, and nothing else. Its checkout is half a day old, so its next read is half a day away. */
function readOnly(id: string): Promise<void> {
  const now = Date.now();
  return runInDurableObject(merchantObject(), async (_object, { storage }) => {
    storage.sql.exec("UPDATE checkouts SET read_at = NULL, closes_at = NULL");
    storage.sql.exec("UPDATE checkouts SET read_at = ?, heard_at = ? WHERE id = ?", now, now - 12 * 60 * MINUTE, id);
    await storage.setAlarm(now);
  });
}

describe("the alarm of a merchant", () => {
  beforeEach(async () => {
    await openShop();
    await leaveNothingDue();
  });

  it("is set before the request for a link, so that a link without an answer is found", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_000 });
    const click = pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await callsOf("createPaymentLink")).toHaveLength(1));
    expect(await nextAlarm()).toBeLessThanOrEqual(Date.now() + MINUTE);
    await click;
  });

  it("runs again after a crash, even where a call has stored a later time meanwhile", async () => {
    await breakOperation("getPaymentLink", { delay_ms: 3_000, times: 0 });
    const { id } = await checkoutFor({ product: "mug" });
    await readOnly(id);
    const before = Date.now();
    await eventually(async () => expect(await callsOf("getPaymentLink")).not.toEqual([]));
    await answerAsServer("POST", "webhook_endpoints", { body: { url: "https://shop.example/hooks" } });
    await abortAllDurableObjects();
    expect(await nextAlarm()).toBeLessThanOrEqual(before + 20_000);
  });

  it("is set by a call that ends in a defect", async () => {
    await breakTable("UPDATE ON checkouts");
    const response = await pay({ publishable_key: KEY, product: "mug" });
    expect(response.status).toBe(500);
    expect(await nextAlarm()).toBeLessThanOrEqual(Date.now() + MINUTE);
    await repairTable();
  });

  it("that could not be read ends one call in internal_error, and the next call works", async () => {
    await runInDurableObject(merchantObject(), (_object, { storage }) => {
      const ofRuntime = Object.getPrototypeOf(storage) as DurableObjectStorage;
      vi.spyOn(ofRuntime, "getAlarm").mockRejectedValueOnce(new Error("storage is busy"));
    });
    const refused = await pay({ publishable_key: KEY, product: "mug" });
    expect((await errorOf(refused)).code).toBe("internal_error");
    await checkoutFor({ product: "mug" });
  });

  it("is set when the object starts, where it was lost", async () => {
    await pay({ publishable_key: KEY, product: "mug" });
    await runInDurableObject(merchantObject(), (_object, { storage }) => storage.deleteAlarm());
    await evictDurableObject(merchantObject());
    await answerAsServer("GET", "events");
    expect(await nextAlarm()).toBeLessThanOrEqual(Date.now() + MINUTE);
  });
});
