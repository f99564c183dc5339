import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject, moveClock, ringAlarm } from "../support/object/merchant-object.ts";
import { breakOperation } from "../support/sandbox.ts";
import { seedCheckouts, seededId } from "../support/object/seed-checkouts.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";

const DAY = 24 * 3_600_000;
const YEAR = 366 * DAY;

/** Checkouts that ended early in 2026. Of each hundred, one is open. */
const SEEDED = 500;

interface Counts {
  readonly checkouts: number;
  readonly payments: number;
  readonly entries: number;
}

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Seeds ended checkouts. Those with the numbers up to `paid` have a payment, of which the first five are paid. */
async function seed(paid: number, last = SEEDED): Promise<void> {
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    seedCheckouts(storage.sql, 1, last);
    storage.sql.exec("DELETE FROM payments WHERE checkout_id > ?", seededId(paid));
  });
}

function counts(): Promise<Counts> {
  return runInDurableObject(merchantObject(), (_object, { storage }) =>
    storage.sql
      .exec<Record<keyof Counts, number>>(
        `SELECT (SELECT count(*) FROM checkouts) AS checkouts, (SELECT count(*) FROM payments) AS payments,
           (SELECT count(*) FROM checkout_metadata) AS entries`,
      )
      .one(),
  );
}

function setRetention(retention: object): Promise<Response> {
  return administer("PATCH", "/v1/merchants/demo", { retention });
}

/** Runs the alarm until a number of checkouts is left. @returns how many were left after each run. */
async function ringUntilLeft(left: number): Promise<readonly number[]> {
  const seen: number[] = [];
  while (seen.at(-1) !== left) {
    if (seen.length === 20) throw new Error(`${seen.at(-1)} checkouts are left`);
    await moveClock(2_000);
    await ringAlarm();
    seen.push((await counts()).checkouts);
  }
  return seen;
}

describe("an attempt that never got a link", () => {
  it.each(["open", "canceled"])("is deleted a day after its creation if it is %s", async (status) => {
    const lines = vi.spyOn(console, "log");
    await breakOperation("createPaymentLink", { status: 422 });
    expect((await callAsServer("POST", "checkouts", { body: { items: [ITEM], metadata: { cart: "1" } } })).status).toBe(
      502,
    );
    const [checkout] = (await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", "checkouts")).data;
    if (status === "canceled") await callAsServer("POST", `checkouts/${checkout?.id}/cancel`);
    await moveClock(23 * 3_600_000);
    await ringAlarm();
    expect((await counts()).checkouts).toBe(1);
    await moveClock(2 * 3_600_000);
    await ringAlarm();
    expect(await counts()).toEqual({ checkouts: 0, payments: 0, entries: 0 });
    const logged = lines.mock.calls
      .flat()
      .map(String)
      .filter((line) => line.includes("checkouts_deleted"));
    expect(logged.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        where: "deleting expired data",
        code: "checkouts_deleted",
        merchant: "demo",
        without_link: 1,
        unpaid: 0,
        paid: 0,
      },
    ]);
  });
});

describe("ended checkouts", () => {
  it("without a payment are deleted after 13 months, in batches, and across restarts", async () => {
    await seed(20);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2027, 0, 30) });
    await ringAlarm();
    expect((await counts()).checkouts).toBe(SEEDED);
    vi.setSystemTime(Date.UTC(2027, 1, 10));
    await ringAlarm();
    const first = (await counts()).checkouts;
    expect(first).toBeLessThan(SEEDED);
    expect(first).toBeGreaterThanOrEqual(SEEDED - 200);
    await evictDurableObject(merchantObject());
    // Of those without a payment, four are open.
    const open = 4;
    await ringUntilLeft(20 + open);
    expect(await counts()).toMatchObject({ payments: 20, entries: 4 * (20 + open) });
    expect((await callAsServer("GET", `checkouts/${seededId(SEEDED)}`)).status).toBe(404);
    expect((await callAsServer("GET", `checkouts/${seededId(9)}`)).status).toBe(200);
  });

  it("are kept as long as the merchant's retention states", async () => {
    await seed(20);
    const answer = await setRetention({ unpaid_days: 30 });
    expect(await answer.json()).toMatchObject({
      merchant: "demo",
      retention: { unpaid_days: 30, payments_days: 3653 },
    });
    await ringUntilLeft(24);
    expect((await setRetention({ unpaid_days: 29 })).status).toBe(422);
    expect((await administer("PATCH", "/v1/merchants/demo", {})).status).toBe(422);
  });

  it("a paid reference stays taken for 10 years, and then its checkout is deleted", async () => {
    await seed(20, 20);
    const sell = () => callAsServer("POST", "checkouts", { body: { items: [ITEM], reference: "ORDER-3" } });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 0, 1) + 9 * YEAR });
    await ringAlarm();
    expect(await errorOf(await sell())).toMatchObject({ code: "order_already_paid", checkout_id: seededId(3) });
    vi.setSystemTime(Date.UTC(2026, 0, 1) + 10 * YEAR + DAY);
    // Five are being paid, and one is open.
    await ringUntilLeft(6);
    expect(await counts()).toMatchObject({ payments: 6 });
  });

  it("delay no shopper while they are deleted", async () => {
    await seed(0);
    await setRetention({ unpaid_days: 30 });
    await ringAlarm();
    // Between two batches.
    expect((await counts()).checkouts).toBeGreaterThan(100);
    expect((await openServerCheckout()).status).toBe("open");
    // Five are paid, five are being paid, five are open, and one is new.
    await ringUntilLeft(16);
  });
});

it("expired events are deleted in batches that follow each other", async () => {
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    seedCheckouts(storage.sql, 1, 1_200);
    storage.sql.exec("UPDATE events SET created_at = 1");
    storage.sql.exec("UPDATE inbox SET received_at = 1");
  });
  const left = () =>
    runInDurableObject(merchantObject(), (_object, { storage }) => ({
      events: storage.sql.exec("SELECT 1 FROM events WHERE created_at = 1").toArray().length,
      deliveries: storage.sql.exec("SELECT 1 FROM deliveries").toArray().length,
      inbox: storage.sql.exec("SELECT 1 FROM inbox WHERE received_at = 1").toArray().length,
    }));
  await ringAlarm();
  const { events, deliveries, inbox } = await left();
  expect(events).toBeGreaterThan(0);
  expect(deliveries).toBe(events);
  expect(inbox).toBeGreaterThan(0);
  // The alarm is due at once, not a day later.
  await eventually(async () => expect(await left()).toEqual({ events: 0, deliveries: 0, inbox: 0 }));
});

const ITEM = {
  title: "Poster",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};
