import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ringAlarm, ringAlarmAfter } from "../support/object/merchant-object.ts";
import { CLICKED, follow, forgetKeptLinks, locationOf } from "../support/no-script.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, openServerCheckout, toldEvents, toldTypes } from "../support/server.ts";
import { checkoutFor, openShop, statusOf } from "../support/shop.ts";

const DAY = 86_400_000;
const OWN_LIFE_DAYS = 30;

describe.each(["zero", "absent", "past", "number"])("a link whose end at Qonto is %s", (expiration_date) => {
  beforeEach(async () => {
    await openShop();
    await forgetKeptLinks();
    await control("PUT", "behaviour", { expiration_date });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function daysUntil(date: string | null): number {
    return (Date.parse(date ?? "") - Date.now()) / DAY;
  }

  /** Runs the alarm until a link whose time is over is deactivated and read. */
  async function passTo(milliseconds: number): Promise<void> {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
    for (let ring = 0; ring < 4; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 2_000);
    }
  }

  it("ends after 30 days: it is deactivated, and its checkout has expired", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    expect(daysUntil(checkout.expires_at)).toBeCloseTo(OWN_LIFE_DAYS, 2);
    await passTo((OWN_LIFE_DAYS - 1) * DAY);
    expect(await statusOf(checkout)).toBe("open");
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["open"]);
    await passTo(DAY + 60_000);
    expect(await statusOf(checkout)).toBe("expired");
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["canceled"]);
    expect(await toldTypes()).toEqual(["checkout.expired"]);
  });

  it("ends after `expires_in`", async () => {
    const checkout = await openServerCheckout({ expires_in: 600 });
    expect(daysUntil(checkout.expires_at) * DAY).toBeGreaterThan(590_000);
    await passTo(601_000);
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({ status: "expired" });
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("ends also if it is reusable, and for links in Qonto's own format", async () => {
    const reusable = await openServerCheckout({ reusable: true });
    expect(daysUntil(reusable.expires_at)).toBeCloseTo(OWN_LIFE_DAYS, 2);
    const item = { title: "Mug", quantity: 1, unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "20.0" };
    const payment_link = { potential_payment_methods: ["credit_card"], reusable: false, items: [item] };
    await answerAsServer("POST", "payment_links", { body: { payment_link } });
    await passTo(OWN_LIFE_DAYS * DAY + 60_000);
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["canceled", "canceled"]);
  });

  it("is not shown to shops, in events, lists and Qonto's own format", async () => {
    const { id, payment_link } = await openServerCheckout();
    await control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid" });
    const answers = [
      await answerAsServer("POST", `checkouts/${id}/sync`),
      await answerAsServer("GET", "checkouts"),
      await answerAsServer("GET", "payment_links"),
      await answerAsServer("GET", `payment_links/${payment_link.id}`),
      await toldEvents(),
    ];
    for (const answer of answers) expect(JSON.stringify(answer)).not.toMatch(/"0001-|"2020-|"expiration_date":\d/);
    expect(answers[0]).toMatchObject({ payment_link: { expiration_date: null } });
    expect(answers[3]).toMatchObject({ payment_link: { expiration_date: null } });
  });

  it("is shared by all shoppers who follow the link of its product, and stays active", async () => {
    const first = await locationOf(follow("mug", { headers: CLICKED }));
    for (let visitor = 0; visitor < 3; visitor += 1) {
      await forgetKeptLinks();
      await ringAlarmAfter(40_000);
      expect(await locationOf(follow("mug"))).toBe(first);
    }
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["open"]);
  });

  it("is returned again to a second click of its attempt", async () => {
    const attempt = { product: "mug", attempt_id: "attempt-0001" };
    const first = await checkoutFor(attempt);
    expect(await checkoutFor(attempt)).toEqual(first);
  });

  it("is open in the diagnostics, and read", async () => {
    await checkoutFor({ product: "mug" });
    await ringAlarmAfter(61_000);
    const { checks } = await answerAsServer<{ checks: readonly { readonly name: string }[] }>("GET", "diagnostics");
    expect(checks.find(({ name }) => name === "late_reads")).toMatchObject({ measured: { open_checkouts: 1 } });
    expect((await callsOf("getPaymentLink")).length).toBeGreaterThan(0);
  });

  it("is read until Qonto answers, even without a webhook and after a day without Qonto", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const [link] = await linksAtQonto();
    await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
    await breakOperation("getPaymentLink", { status: 503, times: 0 });
    await ringAlarmAfter(61_000);
    await ringAlarmAfter(DAY);
    expect((await callsOf("getPaymentLink")).length).toBeGreaterThan(1);
    await control("DELETE", "faults");
    await ringAlarmAfter(DAY + 3_600_000);
    expect(await statusOf(checkout)).toBe("paid");
  });
});

describe("a link that had an end, and has none at the next read", () => {
  beforeEach(openShop);
  afterEach(() => {
    vi.useRealTimers();
  });

  it("ends 30 days after that read", async () => {
    const { id } = await openServerCheckout();
    await control("PUT", "behaviour", { expiration_date: "zero" });
    const { expires_at } = await answerAsServer<{ expires_at: string }>("POST", `checkouts/${id}/sync`);
    expect((Date.parse(expires_at) - Date.now()) / DAY).toBeCloseTo(OWN_LIFE_DAYS, 2);
  });
});
