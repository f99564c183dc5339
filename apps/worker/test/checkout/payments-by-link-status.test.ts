import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { moveClock, ringAlarm, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import { OFFERED } from "../support/offer.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout, toldTypes } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";
import { payCheckout, deliverStatus, readCheckout, syncCheckout } from "../support/paid-checkout.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;

describe.each(["paid", "unchanged"])("a payment of a link that has ended (whose status is then: %s)", (late) => {
  beforeEach(() => control("PUT", "behaviour", { late_payment_status: late }));

  it.each([1, 24])("is found about %s h after the cancellation, without any webhook", async (hours) => {
    const checkout = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    if (hours === 24) await ringAlarmAfter(HOUR + 60_000);
    await payCheckout(checkout, { force: true });
    await ringAlarmAfter(hours * HOUR + 60_000);
    expect(await readCheckout(checkout)).toMatchObject({ status: "paid", payment_count: 1 });
    expect(await toldTypes()).toEqual(["checkout.canceled", "checkout.paid"]);
  });

  it("is found an hour after the cancellation of a checkout that is polled daily", async () => {
    const checkout = await openServerCheckout();
    await moveClock(10 * 24 * HOUR);
    await ringAlarm();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await payCheckout(checkout, { force: true });
    vi.setSystemTime(Date.now() + HOUR + 60_000);
    await ringAlarm();
    expect((await readCheckout(checkout)).status).toBe("paid");
  });

  it("is found after the checkout's own time is over, long after it was opened", async () => {
    const checkout = await openServerCheckout({ expires_in: 86_400 });
    await moveClock(25 * HOUR);
    for (let ring = 0; ring < 3; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 2_000);
    }
    expect((await readCheckout(checkout)).status).toBe("expired");
    await payCheckout(checkout, { force: true });
    vi.setSystemTime(Date.now() + HOUR + 60_000);
    await ringAlarm();
    expect((await readCheckout(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.expired", "checkout.paid"]);
  });

  it("is found by its webhook at once", async () => {
    const checkout = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await payCheckout(checkout, { force: true });
    await deliverStatus(checkout, "canceled");
    await eventually(async () => expect((await readCheckout(checkout)).status).toBe("paid"));
  });
});

describe("a canceled checkout whose payments can't be read", () => {
  it("becomes canceled only when they can be read", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { status: 500, times: 6 });
    expect((await callAsServer("POST", `checkouts/${checkout.id}/cancel`)).status).toBe(503);
    expect((await readCheckout(checkout)).status).toBe("open");
    await control("DELETE", "faults");
    expect((await answerAsServer<ServerCheckout>("POST", `checkouts/${checkout.id}/cancel`)).status).toBe("canceled");
    expect(await toldTypes()).toEqual(["checkout.canceled"]);
  });
});

describe.each(["open", "processing", "paid"])("a reusable link that is %s after a payment", (status) => {
  it("accepts further payments, each reported once, and ends", async () => {
    await control("PUT", "behaviour", { reusable_link_status: status });
    const checkout = await openServerCheckout({ reusable: true });
    for (let payment = 1; payment <= 3; payment += 1) {
      await payCheckout(checkout);
      await deliverStatus(checkout, status);
      await eventually(async () => expect(await toldTypes()).toHaveLength(payment));
    }
    expect(await readCheckout(checkout)).toMatchObject({ status: "open", payment_count: 3 });
    expect(await answerAsServer("POST", `checkouts/${checkout.id}/cancel`)).toMatchObject({ status: "canceled" });
    expect(await toldTypes()).toEqual([...Array<string>(3).fill("checkout.payment_received"), "checkout.canceled"]);
  });
});

describe("a list of payments whose total counts every status", () => {
  it.each([
    ["a failed payment before the paid one", "failed", "paid", "paid"],
    ["a pending payment alone", "pending", null, "processing"],
  ])("(%s) is read no more often than any other", async (_name, first, second, status) => {
    await control("PUT", "behaviour", { payments_total: "unfiltered" });
    const checkout = await openServerCheckout();
    await payCheckout(checkout, { status: first });
    if (second !== null) await payCheckout(checkout, { status: second });
    expect((await syncCheckout(checkout)).status).toBe(status);
    await untilAtRest();
    expect(await callsOf("listPayments")).toHaveLength(1);
  });
});

describe("the calls of one read", () => {
  it.each(["open", "paid"])("are two, for the link and for its payments, if it is %s", async (status) => {
    const checkout = await openServerCheckout();
    if (status === "paid") await payCheckout(checkout);
    await control("DELETE", "journal");
    await syncCheckout(checkout);
    expect(await callsOf("getPaymentLink")).toHaveLength(1);
    expect(await callsOf("listPayments")).toHaveLength(1);
  });
});

describe("a paid payment of a link that is still open at Qonto", () => {
  beforeEach(() => control("PUT", "behaviour", { paid_link_status: "open" }));

  it.each([
    ["a sync", (checkout: ServerCheckout) => syncCheckout(checkout)],
    ["a webhook about the link", (checkout: ServerCheckout) => deliverStatus(checkout, "open")],
    ["a scheduled read", () => ringAlarmAfter(61_000)],
  ])("makes the checkout paid by %s", async (_what, look) => {
    await control("PUT", "webhooks", { mode: "hold" });
    const checkout = await openServerCheckout();
    await payCheckout(checkout);
    await look(checkout);
    await eventually(async () =>
      expect(await readCheckout(checkout)).toMatchObject({ status: "paid", payment_count: 1 }),
    );
    expect(await toldTypes()).toEqual(["checkout.paid"]);
  });

  it("is found by a cancellation, whether or not Qonto deactivates the link", async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    for (const faults of [[], [{ status: 400 }]]) {
      const checkout = await openServerCheckout();
      await payCheckout(checkout);
      for (const fault of faults) await breakOperation("deactivatePaymentLink", fault);
      const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`);
      expect((await errorOf(refused)).message).toContain("its status is paid");
      expect((await readCheckout(checkout)).status).toBe("paid");
    }
  });

  it("keeps its order from getting a second link", async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    const checkout = await openServerCheckout({ reference: "ORDER-1" });
    await payCheckout(checkout);
    const again = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: checkout.id });
    expect(await readCheckout(checkout)).toMatchObject({ status: "paid", superseded_by: null });
    expect(await toldTypes()).toEqual(["checkout.paid"]);
  });
});

describe("a link whose deactivation Qonto rejects although it is open", () => {
  it("is not canceled, and the error states that a payment may be under way", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("deactivatePaymentLink", { status: 400 });
    const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`);
    expect(refused.status).toBe(409);
    expect(await errorOf(refused)).toMatchObject({
      code: "checkout_not_open",
      message: expect.stringContaining("Qonto rejected the deactivation of the link: a payment may be under way"),
    });
    expect((await readCheckout(checkout)).status).toBe("open");
  });
});
