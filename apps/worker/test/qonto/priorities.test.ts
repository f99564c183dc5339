import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { limitCalls } from "./limits.ts";
import { merchantObject, moveClock, ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { deliverStatus, payCheckout, readCheckout } from "../support/paid-checkout.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { callAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import { KEY, openShop, pay } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await untilAtRest();
});
afterEach(() => {
  vi.useRealTimers();
});

async function pendingCalls(operation: string): Promise<number> {
  return (await callsOf(operation)).filter(({ status }) => status === null).length;
}

/** Opens a checkout of the merchant's server, and pays it at Qonto without an event. */
async function openPaidCheckout(): Promise<ServerCheckout> {
  const checkout = await openServerCheckout();
  await payCheckout(checkout);
  return checkout;
}

function untilPaid(checkout: ServerCheckout): Promise<void> {
  return eventually(async () => expect((await readCheckout(checkout)).status).toBe("paid"));
}

/** The reads of checkouts that failed in a row. */
function failedReads(): Promise<readonly number[]> {
  return runInDurableObject(merchantObject(), (_object, { storage }) =>
    storage.sql
      .exec<{ failed_reads: number }>("SELECT failed_reads FROM checkouts")
      .toArray()
      .map(({ failed_reads }) => failed_reads),
  );
}

/** The complete searches for an orphaned link. */
function searches(): Promise<number> {
  return runInDurableObject(
    merchantObject(),
    (_object, { storage }) => storage.sql.exec<{ looks: number }>("SELECT looks FROM unclaimed_links").one().looks,
  );
}

describe("while shoppers' calls to Qonto hang", () => {
  it("the merchant's server and a payment's event are served", async () => {
    const paid = await openPaidCheckout();
    await breakOperation("createPaymentLink", { delay_ms: 6_000, times: 0 });
    const shoppers = Array.from({ length: 40 }, () => pay({ publishable_key: KEY, product: "mug" }));
    await eventually(async () => expect(await pendingCalls("createPaymentLink")).toBeGreaterThanOrEqual(7));
    const pending = await pendingCalls("createPaymentLink");
    expect((await callAsServer("GET", "payment_methods")).ok).toBe(true);
    await deliverStatus(paid, "paid");
    await untilPaid(paid);
    // None of them was answered meanwhile, and some more may have begun.
    expect(await pendingCalls("createPaymentLink")).toBeGreaterThanOrEqual(pending);
    await control("DELETE", "faults");
    await Promise.all(shoppers);
  });
});

describe("an event of a payment", () => {
  it("is read while the alarm is busy with upkeep", async () => {
    const checkout = await openPaidCheckout();
    await untilAtRest();
    await breakOperation("listPaymentLinks", { delay_ms: 6_000, times: 0 });
    await runInDurableObject(merchantObject(), async (_object, { storage }) => {
      storage.sql.exec("INSERT INTO unclaimed_links (checkout_id, due_at, noted_at) VALUES ('co_lost', 1, 1)");
      await storage.setAlarm(Date.now());
    });
    await eventually(async () => expect(await pendingCalls("listPaymentLinks")).toBe(1));
    await deliverStatus(checkout, "paid");
    await untilPaid(checkout);
    expect(await pendingCalls("listPaymentLinks")).toBe(1);
  });

  it("is read while Qonto does not answer the read of another one", async () => {
    const checkouts: ServerCheckout[] = [];
    for (let opened = 0; opened < 12; opened += 1) checkouts.push(await openPaidCheckout());
    await untilAtRest();
    await breakOperation("getPaymentLink", { delay_ms: 6_000 });
    await runInDurableObject(merchantObject(), async (_object, { storage }) => {
      storage.sql.exec("UPDATE checkouts SET hinted = 1, heard_at = ?, read_at = 1", Date.now());
      await storage.setAlarm(Date.now());
    });
    await eventually(async () => {
      const paid = (await Promise.all(checkouts.map(readCheckout))).filter(({ status }) => status === "paid");
      expect(paid).toHaveLength(11);
    });
    expect(await pendingCalls("getPaymentLink")).toBe(1);
  });

  it("is read while the alarm has done its upkeep and Qonto does not answer the read of an earlier event", async () => {
    const [earlier, later] = [await openPaidCheckout(), await openPaidCheckout()];
    await untilAtRest();
    await breakOperation("listPaymentLinks", { delay_ms: 1_000 });
    await breakOperation("getPaymentLink", { delay_ms: 6_000 });
    await runInDurableObject(merchantObject(), async (_object, { storage }) => {
      storage.sql.exec("INSERT INTO unclaimed_links (checkout_id, due_at, noted_at) VALUES ('co_lost', 1, 1)");
      await storage.setAlarm(Date.now());
    });
    await eventually(async () => expect(await pendingCalls("listPaymentLinks")).toBe(1));
    await deliverStatus(earlier, "paid");
    await eventually(async () => expect(await pendingCalls("getPaymentLink")).toBe(1));
    await eventually(async () => expect(await searches()).toBe(1));
    await deliverStatus(later, "paid");
    await untilPaid(later);
    expect(await pendingCalls("getPaymentLink")).toBe(1);
  });

  it("keeps its priority, however long Qonto could not be read", async () => {
    const checkout = await openPaidCheckout();
    await breakOperation("getPaymentLink", { status: 503, times: 0 });
    await deliverStatus(checkout, "paid");
    for (let minute = 0; minute < 10; minute += 1) {
      await moveClock(60_000);
      await ringAlarm();
    }
    expect(Math.max(...(await failedReads()))).toBeGreaterThan(3);
    await control("DELETE", "faults");
    await moveClock(3_600_000);
    await limitCalls({ upkeep: 0 });
    await ringAlarm();
    expect((await readCheckout(checkout)).status).toBe("paid");
  });
});

describe("a read that could not be sent", () => {
  it("is no failed read, and is made as soon as the limits leave room", async () => {
    const checkout = await openPaidCheckout();
    await limitCalls({ upkeep: 0, event: 0 });
    for (let time = 0; time < 5; time += 1) {
      await moveClock(61_000);
      await ringAlarm();
    }
    expect(await callsOf("getPaymentLink")).toEqual([]);
    expect(await failedReads()).toEqual([0]);
    await limitCalls({});
    await moveClock(3_600_000);
    await ringAlarm();
    expect((await readCheckout(checkout)).status).toBe("paid");
  });
});
