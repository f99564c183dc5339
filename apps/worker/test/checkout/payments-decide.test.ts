import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { moveClock, ringAlarmAfter } from "../support/object/merchant-object.ts";
import { OFFERED } from "../support/offer.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import {
  answerAsServer,
  callAsServer,
  openAndName,
  openServerCheckout,
  type ServerCheckout,
  toldEvents,
  toldTypes,
} from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";
import { payCheckout, deliverStatus, readCheckout, syncCheckout } from "../support/paid-checkout.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;

describe("a link that stays processing although its payment is paid", () => {
  beforeEach(() => control("PUT", "behaviour", { paid_link_status: "processing" }));

  it("makes the checkout paid with one event and its payment, and is read no more often than a paid one", async () => {
    const checkout = await openServerCheckout();
    await payCheckout(checkout);
    await deliverStatus(checkout, "processing");
    await eventually(async () => expect(await toldTypes()).toEqual(["checkout.paid"]));
    expect(await readCheckout(checkout)).toMatchObject({
      status: "paid",
      payment_count: 1,
      payments: [{ status: "paid" }],
    });
    expect((await linksAtQonto())[0]).toMatchObject({ status: "processing" });
    await control("DELETE", "journal");
    await ringAlarmAfter(HOUR - 120_000);
    expect(await callsOf("getPaymentLink")).toEqual([]);
  });

  it("is found without an event, even if it was processing for a while", async () => {
    const checkout = await openServerCheckout();
    await payCheckout(checkout, { status: "pending" });
    await ringAlarmAfter(61_000);
    expect((await readCheckout(checkout)).status).toBe("processing");
    await payCheckout(checkout);
    await ringAlarmAfter(300_000);
    expect((await readCheckout(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
  });

  it("can't be canceled", async () => {
    const checkout = await openServerCheckout();
    await payCheckout(checkout);
    expect((await errorOf(await callAsServer("POST", `checkouts/${checkout.id}/cancel`))).code).toBe(
      "checkout_not_open",
    );
    expect((await readCheckout(checkout)).status).toBe("paid");
  });

  it("does not cause endless deactivations once it was superseded", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await payCheckout(first);
    await openAndName("ORDER-1");
    for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(61_000);
    expect((await readCheckout(first)).status).toBe("paid");
    await control("DELETE", "journal");
    for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(26 * HOUR);
    expect(await callsOf("deactivatePaymentLink")).toEqual([]);
  });
});

describe("a paid payment with another amount", () => {
  it.each(["-0.01", "5.00"])(
    "(by %s) never makes the checkout paid, and is reported once with both amounts",
    async (by) => {
      const checkout = await openServerCheckout();
      await breakOperation("listPayments", { amount_off_by: by, times: 0 });
      await payCheckout(checkout);
      await deliverStatus(checkout, "paid");
      await eventually(async () => expect(await toldTypes()).toHaveLength(2));
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(26 * HOUR);
      expect((await syncCheckout(checkout)).status).toBe("processing");
      const value = (1200 + Math.round(Number(by) * 100)) / 100;
      expect(await toldEvents()).toMatchObject([
        { type: "checkout.processing" },
        {
          type: "checkout.amount_mismatch",
          data: {
            checkout: { id: checkout.id, status: "processing", amount: { value: "12.00" } },
            payment: { amount: { value: value.toFixed(2) } },
          },
        },
      ]);
      const { checks } = await answerAsServer<{ checks: readonly { name: string }[] }>("GET", "diagnostics");
      expect(checks.find(({ name }) => name === "payments_to_review")).toMatchObject({
        status: "warning",
        measured: { amount_mismatches: 1, duplicate_payments: 0, last_checkout_id: checkout.id },
        remediation: expect.stringContaining("another reference"),
      });
    },
  );

  it("blocks its reference, and another reference is free", async () => {
    const checkout = await openServerCheckout({ reference: "ORDER-1" });
    await breakOperation("listPayments", { amount_off_by: "-1.00", times: 0 });
    await payCheckout(checkout);
    await syncCheckout(checkout);
    const again = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: checkout.id });
    expect((await openServerCheckout({ reference: "ORDER-1-2" })).status).toBe("open");
  });

  it("is also a mismatch for a reusable checkout, and not a sale", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    await breakOperation("listPayments", { amount_off_by: "-1.00", times: 1 });
    await payCheckout(checkout);
    await syncCheckout(checkout);
    await payCheckout(checkout);
    expect((await syncCheckout(checkout)).status).toBe("open");
    expect(await toldTypes()).toEqual(["checkout.amount_mismatch", "checkout.payment_received"]);
  });
});

describe("a paid link without a paid payment", () => {
  beforeEach(async () => {
    await control("PUT", "behaviour", { paid_link_status: "paid" });
    await control("PUT", "webhooks", { mode: "hold" });
  });

  async function review(): Promise<{ readonly status: string; readonly measured: unknown }> {
    const { checks } = await answerAsServer<{
      checks: readonly { readonly name: string; readonly status: string; readonly measured: unknown }[];
    }>("GET", "diagnostics");
    const check = checks.find(({ name }) => name === "payments_to_review");
    if (check === undefined) throw new Error("no such check");
    return check;
  }

  it("makes the checkout paid at the second read if it has no payment at all", async () => {
    const checkout = await openServerCheckout();
    await control("PUT", "behaviour", { payments_list: "empty" });
    await payCheckout(checkout);
    expect((await syncCheckout(checkout)).status).toBe("processing");
    await ringAlarmAfter(5_100);
    expect((await readCheckout(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
    // Its payment appears later and is no second one.
    await control("PUT", "behaviour", { payments_list: "complete" });
    await ringAlarmAfter(HOUR + 60_000);
    expect(await readCheckout(checkout)).toMatchObject({ payment_count: 1 });
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
    expect(await review()).toMatchObject({ status: "ok", measured: { paid_without_payment: 0 } });
  });

  it("is shown to the operator", async () => {
    const checkout = await openServerCheckout();
    await control("PUT", "behaviour", { payments_list: "empty" });
    await payCheckout(checkout);
    await syncCheckout(checkout);
    expect(await review()).toMatchObject({ status: "ok", measured: { paid_without_payment: 0 } });
    await ringAlarmAfter(5_100);
    await moveClock(601_000);
    expect(await review()).toMatchObject({
      status: "warning",
      measured: { paid_without_payment: 1, last_checkout_id: checkout.id },
      message: expect.stringContaining("without a paid payment"),
    });
  });

  it("causes a paid checkout and a mismatch if its payment later appears with another amount", async () => {
    const checkout = await openServerCheckout();
    await control("PUT", "behaviour", { payments_list: "empty" });
    await payCheckout(checkout);
    await syncCheckout(checkout);
    await ringAlarmAfter(5_100);
    await control("PUT", "behaviour", { payments_list: "complete" });
    await breakOperation("listPayments", { amount_off_by: "-1.00", times: 0 });
    await syncCheckout(checkout);
    expect((await toldEvents()).at(-1)).toMatchObject({
      type: "checkout.amount_mismatch",
      data: { checkout: { id: checkout.id, status: "paid" }, payment: { amount: { value: "11.00" } } },
    });
    expect(await review()).toMatchObject({
      status: "warning",
      remediation: expect.stringContaining("is already `paid`"),
      measured: { amount_mismatches: 1, paid_without_payment: 0 },
    });
  });

  describe("beside a payment that is pending", () => {
    let checkout: ServerCheckout;
    beforeEach(async () => {
      await control("PUT", "behaviour", { pending_link_status: "paid" });
      checkout = await openServerCheckout();
      await payCheckout(checkout, { status: "pending" });
      expect((await syncCheckout(checkout)).status).toBe("processing");
    });

    it("does not make the checkout paid by further reads, and never if the payment fails", async () => {
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(5_100);
      expect((await syncCheckout(checkout)).status).toBe("processing");
      await payCheckout(checkout, { status: "failed" });
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(26 * HOUR);
      await moveClock(26 * HOUR);
      expect((await syncCheckout(checkout)).status).toBe("processing");
      expect(await review()).toMatchObject({ status: "warning", measured: { paid_without_payment: 1 } });
      expect(await toldTypes()).toEqual(["checkout.processing"]);
    });

    it("makes the checkout paid with the payment, or else after a day", async () => {
      await moveClock(24 * HOUR - 60_000);
      expect((await syncCheckout(checkout)).status).toBe("processing");
      vi.setSystemTime(Date.now() + 120_000);
      expect((await syncCheckout(checkout)).status).toBe("paid");
      const second = await openServerCheckout();
      await payCheckout(second, { status: "pending" });
      await syncCheckout(second);
      await payCheckout(second);
      expect((await syncCheckout(second)).status).toBe("paid");
    });
  });

  it("does not make the checkout paid beside a payment of an unknown status", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { unknown_enum: true, times: 0 });
    await payCheckout(checkout);
    for (let reads = 0; reads < 3; reads += 1) expect((await syncCheckout(checkout)).status).toBe("processing");
    await control("DELETE", "faults");
    expect((await syncCheckout(checkout)).status).toBe("paid");
  });

  it("does not make the checkout paid while its payments can't be read", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { status: 500, times: 0 });
    await payCheckout(checkout);
    for (let reads = 0; reads < 2; reads += 1) {
      const failed = await callAsServer("POST", `checkouts/${checkout.id}/sync`);
      expect((await errorOf(failed)).code).toBe("qonto_unavailable");
      expect((await readCheckout(checkout)).status).toBe("processing");
    }
    await control("DELETE", "faults");
    expect((await syncCheckout(checkout)).status).toBe("paid");
  });
});
