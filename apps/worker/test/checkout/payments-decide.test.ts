import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { moveClock, ringAlarm, ringAlarmAfter, untilAtRest } from "../support/merchant-object.ts";
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
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 3_600_000;

function payAtQonto({ payment_link }: ServerCheckout, payment: Record<string, unknown> = {}): Promise<unknown> {
  return control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid", ...payment });
}

function hear({ payment_link }: ServerCheckout, status: string): Promise<Response> {
  return deliverEvent(paymentLinkEvent(payment_link.id, { status }));
}

function read({ id }: ServerCheckout): Promise<ServerCheckout> {
  return answerAsServer("GET", `checkouts/${id}`);
}

function sync({ id }: ServerCheckout): Promise<ServerCheckout> {
  return answerAsServer("POST", `checkouts/${id}/sync`);
}

describe("a link that stays processing although its payment is paid", () => {
  beforeEach(() => control("PUT", "behaviour", { paid_link_status: "processing" }));

  it("makes the checkout paid with one event and its payment, and is read no more often than a paid one", async () => {
    const checkout = await openServerCheckout();
    await payAtQonto(checkout);
    await hear(checkout, "processing");
    await eventually(async () => expect(await toldTypes()).toEqual(["checkout.paid"]));
    expect(await read(checkout)).toMatchObject({ status: "paid", payment_count: 1, payments: [{ status: "paid" }] });
    expect((await linksAtQonto())[0]).toMatchObject({ status: "processing" });
    await control("DELETE", "journal");
    await ringAlarmAfter(HOUR - 120_000);
    expect(await callsOf("getPaymentLink")).toEqual([]);
  });

  it("is found without an event, even if it was processing for a while", async () => {
    const checkout = await openServerCheckout();
    await payAtQonto(checkout, { status: "pending" });
    await ringAlarmAfter(61_000);
    expect((await read(checkout)).status).toBe("processing");
    await payAtQonto(checkout);
    await ringAlarmAfter(300_000);
    expect((await read(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
  });

  it("can't be canceled", async () => {
    const checkout = await openServerCheckout();
    await payAtQonto(checkout);
    expect((await errorOf(await callAsServer("POST", `checkouts/${checkout.id}/cancel`))).code).toBe(
      "checkout_not_open",
    );
    expect((await read(checkout)).status).toBe("paid");
  });

  it("does not cause endless deactivations once it was superseded", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await payAtQonto(first);
    await openAndName("ORDER-1");
    for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(61_000);
    expect((await read(first)).status).toBe("paid");
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
      await payAtQonto(checkout);
      await hear(checkout, "paid");
      await eventually(async () => expect(await toldTypes()).toHaveLength(2));
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(26 * HOUR);
      expect((await sync(checkout)).status).toBe("processing");
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
    await payAtQonto(checkout);
    await sync(checkout);
    const again = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: checkout.id });
    expect((await openServerCheckout({ reference: "ORDER-1-2" })).status).toBe("open");
  });

  it("is also a mismatch for a reusable checkout, and not a sale", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    await breakOperation("listPayments", { amount_off_by: "-1.00", times: 1 });
    await payAtQonto(checkout);
    await sync(checkout);
    await payAtQonto(checkout);
    expect((await sync(checkout)).status).toBe("open");
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
    await payAtQonto(checkout);
    expect((await sync(checkout)).status).toBe("processing");
    await ringAlarmAfter(5_100);
    expect((await read(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
    // Its payment appears later and is no second one.
    await control("PUT", "behaviour", { payments_list: "complete" });
    await ringAlarmAfter(HOUR + 60_000);
    expect(await read(checkout)).toMatchObject({ payment_count: 1 });
    expect(await toldTypes()).toEqual(["checkout.processing", "checkout.paid"]);
    expect(await review()).toMatchObject({ status: "ok", measured: { paid_without_payment: 0 } });
  });

  it("is shown to the operator", async () => {
    const checkout = await openServerCheckout();
    await control("PUT", "behaviour", { payments_list: "empty" });
    await payAtQonto(checkout);
    await sync(checkout);
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
    await payAtQonto(checkout);
    await sync(checkout);
    await ringAlarmAfter(5_100);
    await control("PUT", "behaviour", { payments_list: "complete" });
    await breakOperation("listPayments", { amount_off_by: "-1.00", times: 0 });
    await sync(checkout);
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
      await payAtQonto(checkout, { status: "pending" });
      expect((await sync(checkout)).status).toBe("processing");
    });

    it("does not make the checkout paid by further reads, and never if the payment fails", async () => {
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(5_100);
      expect((await sync(checkout)).status).toBe("processing");
      await payAtQonto(checkout, { status: "failed" });
      for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(26 * HOUR);
      await moveClock(26 * HOUR);
      expect((await sync(checkout)).status).toBe("processing");
      expect(await review()).toMatchObject({ status: "warning", measured: { paid_without_payment: 1 } });
      expect(await toldTypes()).toEqual(["checkout.processing"]);
    });

    it("makes the checkout paid with the payment, or else after a day", async () => {
      await moveClock(24 * HOUR - 60_000);
      expect((await sync(checkout)).status).toBe("processing");
      vi.setSystemTime(Date.now() + 120_000);
      expect((await sync(checkout)).status).toBe("paid");
      const second = await openServerCheckout();
      await payAtQonto(second, { status: "pending" });
      await sync(second);
      await payAtQonto(second);
      expect((await sync(second)).status).toBe("paid");
    });
  });

  it("does not make the checkout paid beside a payment of an unknown status", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { unknown_enum: true, times: 0 });
    await payAtQonto(checkout);
    for (let reads = 0; reads < 3; reads += 1) expect((await sync(checkout)).status).toBe("processing");
    await control("DELETE", "faults");
    expect((await sync(checkout)).status).toBe("paid");
  });

  it("does not make the checkout paid while its payments can't be read", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { status: 500, times: 0 });
    await payAtQonto(checkout);
    for (let reads = 0; reads < 2; reads += 1) {
      const failed = await callAsServer("POST", `checkouts/${checkout.id}/sync`);
      expect((await errorOf(failed)).code).toBe("qonto_unavailable");
      expect((await read(checkout)).status).toBe("processing");
    }
    await control("DELETE", "faults");
    expect((await sync(checkout)).status).toBe("paid");
  });
});

describe.each(["paid", "unchanged"])("a payment of a link that has ended (whose status is then: %s)", (late) => {
  beforeEach(() => control("PUT", "behaviour", { late_payment_status: late }));

  it.each([1, 24])("is found about %s h after the cancellation, without any webhook", async (hours) => {
    const checkout = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    if (hours === 24) await ringAlarmAfter(HOUR + 60_000);
    await payAtQonto(checkout, { force: true });
    await ringAlarmAfter(hours * HOUR + 60_000);
    expect(await read(checkout)).toMatchObject({ status: "paid", payment_count: 1 });
    expect(await toldTypes()).toEqual(["checkout.canceled", "checkout.paid"]);
  });

  it("is found an hour after the cancellation of a checkout that is polled daily", async () => {
    const checkout = await openServerCheckout();
    await moveClock(10 * 24 * HOUR);
    await ringAlarm();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await payAtQonto(checkout, { force: true });
    vi.setSystemTime(Date.now() + HOUR + 60_000);
    await ringAlarm();
    expect((await read(checkout)).status).toBe("paid");
  });

  it("is found after the checkout's own time is over, long after it was opened", async () => {
    const checkout = await openServerCheckout({ expires_in: 86_400 });
    await moveClock(25 * HOUR);
    for (let ring = 0; ring < 3; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 2_000);
    }
    expect((await read(checkout)).status).toBe("expired");
    await payAtQonto(checkout, { force: true });
    vi.setSystemTime(Date.now() + HOUR + 60_000);
    await ringAlarm();
    expect((await read(checkout)).status).toBe("paid");
    expect(await toldTypes()).toEqual(["checkout.expired", "checkout.paid"]);
  });

  it("is found by its webhook at once", async () => {
    const checkout = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await payAtQonto(checkout, { force: true });
    await hear(checkout, "canceled");
    await eventually(async () => expect((await read(checkout)).status).toBe("paid"));
  });
});

describe("a canceled checkout whose payments can't be read", () => {
  it("becomes canceled only when they can be read", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("listPayments", { status: 500, times: 6 });
    expect((await callAsServer("POST", `checkouts/${checkout.id}/cancel`)).status).toBe(503);
    expect((await read(checkout)).status).toBe("open");
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
      await payAtQonto(checkout);
      await hear(checkout, status);
      await eventually(async () => expect(await toldTypes()).toHaveLength(payment));
    }
    expect(await read(checkout)).toMatchObject({ status: "open", payment_count: 3 });
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
    await payAtQonto(checkout, { status: first });
    if (second !== null) await payAtQonto(checkout, { status: second });
    expect((await sync(checkout)).status).toBe(status);
    await untilAtRest();
    expect(await callsOf("listPayments")).toHaveLength(1);
  });
});

describe("the calls of one read", () => {
  it.each(["open", "paid"])("are two, for the link and for its payments, if it is %s", async (status) => {
    const checkout = await openServerCheckout();
    if (status === "paid") await payAtQonto(checkout);
    await control("DELETE", "journal");
    await sync(checkout);
    expect(await callsOf("getPaymentLink")).toHaveLength(1);
    expect(await callsOf("listPayments")).toHaveLength(1);
  });
});

describe("a paid payment of a link that is still open at Qonto", () => {
  beforeEach(() => control("PUT", "behaviour", { paid_link_status: "open" }));

  it.each([
    ["a sync", (checkout: ServerCheckout) => sync(checkout)],
    ["a webhook about the link", (checkout: ServerCheckout) => hear(checkout, "open")],
    ["a scheduled read", () => ringAlarmAfter(61_000)],
  ])("makes the checkout paid by %s", async (_what, look) => {
    await control("PUT", "webhooks", { mode: "hold" });
    const checkout = await openServerCheckout();
    await payAtQonto(checkout);
    await look(checkout);
    await eventually(async () => expect(await read(checkout)).toMatchObject({ status: "paid", payment_count: 1 }));
    expect(await toldTypes()).toEqual(["checkout.paid"]);
  });

  it("is found by a cancellation, whether or not Qonto deactivates the link", async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    for (const faults of [[], [{ status: 400 }]]) {
      const checkout = await openServerCheckout();
      await payAtQonto(checkout);
      for (const fault of faults) await breakOperation("deactivatePaymentLink", fault);
      const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`);
      expect((await errorOf(refused)).message).toContain("its status is paid");
      expect((await read(checkout)).status).toBe("paid");
    }
  });

  it("keeps its order from getting a second link", async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    const checkout = await openServerCheckout({ reference: "ORDER-1" });
    await payAtQonto(checkout);
    const again = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: checkout.id });
    expect(await read(checkout)).toMatchObject({ status: "paid", superseded_by: null });
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
    expect((await read(checkout)).status).toBe("open");
  });
});
