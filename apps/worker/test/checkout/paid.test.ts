import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import {
  breakTable,
  merchantObject,
  repairTable,
  ringAlarm,
  ringAlarmAfter,
} from "../support/object/merchant-object.ts";
import {
  breakOperation,
  callsOf,
  callsToQonto,
  control,
  letLinksExpireAfter,
  linksAtQonto,
  webhookSecret,
} from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { type CreatedCheckout, checkoutFor, errorOf, openShop, SHOP, statusOf, statusUrl } from "../support/shop.ts";
import { deliver, deliverEvent, paymentLinkEvent, sign } from "../support/webhook.ts";

beforeEach(openShop);

async function linkOf(checkout: CreatedCheckout): Promise<string> {
  const link = (await linksAtQonto()).find((candidate) => candidate.url === checkout.url);
  if (link === undefined) throw new Error("no such link at Qonto");
  return link.id;
}

function payAtQonto(linkId: string, status: string): Promise<unknown> {
  return control("POST", `payment_links/${linkId}/payments`, { status });
}

function untilStatus(checkout: CreatedCheckout, status: string): Promise<void> {
  return eventually(async () => expect(await statusOf(checkout)).toBe(status));
}

describe("a payment at Qonto", () => {
  it("makes the checkout paid once the webhook arrives", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    expect(await statusOf(checkout)).toBe("open");
    await payAtQonto(linkId, "paid");
    expect((await deliverEvent(paymentLinkEvent(linkId))).status).toBe(200);
    await untilStatus(checkout, "paid");
  });

  it("counts by Qonto's link, not by the webhook", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "pending");
    await deliverEvent(paymentLinkEvent(linkId, { status: "paid" }));
    await untilStatus(checkout, "processing");
  });

  it("leaves the checkout open if it failed", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "failed");
    await deliverEvent(paymentLinkEvent(linkId));
    await eventually(async () => expect(await callsOf("getPaymentLink")).toHaveLength(1));
    expect(await statusOf(checkout)).toBe("open");
  });

  it("is recorded when Qonto can be read again", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    await breakOperation("getPaymentLink", { status: 500 });
    await deliverEvent(paymentLinkEvent(linkId));
    await untilStatus(checkout, "paid");
    expect(await callsOf("getPaymentLink")).toHaveLength(2);
  });

  it("survives a restart between the webhook and its processing", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    await evictDurableObject(merchantObject());
    await untilStatus(checkout, "paid");
  });

  it("is found a little later if Qonto's link lags behind the webhook", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await deliverEvent(paymentLinkEvent(linkId, { status: "paid" }));
    await eventually(async () => expect(await callsOf("getPaymentLink")).toHaveLength(1));
    await payAtQonto(linkId, "paid");
    await ringAlarmAfter(6_000);
    expect(await statusOf(checkout)).toBe("paid");
  });

  it("is the result of its attempt, even if the page now shows another price", async () => {
    const attempt = { product: "mug", attempt_id: "attempt-0001" };
    const checkout = await checkoutFor(attempt);
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "pending");
    await deliverEvent(paymentLinkEvent(linkId));
    await untilStatus(checkout, "processing");
    const again = await checkoutFor({ ...attempt, shown_amount: { value: "14.00", currency: "EUR" } });
    expect(again).toMatchObject({ id: checkout.id, status: "processing" });
  });

  it("is not treated as unpaid if its webhook is late and the page shows another price", async () => {
    const attempt = { product: "mug", attempt_id: "attempt-0001" };
    await payAtQonto(await linkOf(await checkoutFor(attempt)), "paid");
    const again = await checkoutFor({ ...attempt, shown_amount: { value: "14.00", currency: "EUR" } });
    expect(again.status).toBe("paid");
  });

  it("is read at once after an outage of Qonto if a webhook reported it meanwhile", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await breakOperation("getPaymentLink", { status: 503, delay_ms: 1_500 });
    await runInDurableObject(merchantObject(), async (_object, state) => {
      state.storage.sql.exec("UPDATE checkouts SET failed_reads = 12, read_at = ?", Date.now());
      await state.storage.setAlarm(Date.now());
    });
    await eventually(async () => expect(await callsOf("getPaymentLink")).toHaveLength(1));
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    await untilStatus(checkout, "paid");
  });

  it("is found without a webhook", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    await payAtQonto(await linkOf(checkout), "paid");
    await ringAlarmAfter(61_000);
    expect(await statusOf(checkout)).toBe("paid");
  });

  it("counts if its webhook arrives before Qonto's answer to the create call", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const minting = checkoutFor({ product: "mug" });
    const linkId = await eventually(async () => {
      const [link] = await linksAtQonto();
      if (link === undefined) throw new Error("no link yet");
      return link.id;
    });
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    await untilStatus(await minting, "paid");
  });

  it("does not cause endless requests while Qonto answers 429 with Retry-After 0", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    await breakOperation("getPaymentLink", { status: 429, headers: { "Retry-After": "0" }, times: 0 });
    await deliverEvent(paymentLinkEvent(await linkOf(checkout)));
    await eventually(async () => expect(await callsOf("getPaymentLink")).toHaveLength(2));
    await ringAlarm();
    expect((await callsOf("getPaymentLink")).length).toBeLessThan(4);
  });

  it("is never undone by a late event", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    await untilStatus(checkout, "paid");
    await breakOperation("getPaymentLink", { unknown_enum: true });
    await deliverEvent(paymentLinkEvent(linkId, { status: "canceled" }));
    await ringAlarm();
    expect(await statusOf(checkout)).toBe("paid");
  });
});

describe("a webhook", () => {
  it("is processed once if it is delivered ten times", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    const event = paymentLinkEvent(linkId);
    for (let time = 0; time < 10; time += 1) expect((await deliverEvent(event)).status).toBe(200);
    await untilStatus(checkout, "paid");
    await ringAlarm();
    expect(await callsOf("getPaymentLink")).toHaveLength(1);
  });

  it("of another source's link, or of another type, is accepted and changes nothing", async () => {
    expect((await deliverEvent(paymentLinkEvent(crypto.randomUUID()))).status).toBe(200);
    expect((await deliverEvent({ id: "e-1", type: "v1/something-new", data: {} })).status).toBe(200);
  });

  it("with an invalid signature is rejected and changes nothing", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    const secret = await webhookSecret();
    const body = JSON.stringify(paymentLinkEvent(linkId));
    const now = Math.floor(Date.now() / 1000);
    const good = await sign(body, secret, now);
    const bad: readonly (readonly [string, string | null])[] = [
      [body, null],
      [body, ""],
      [body, "t=1,v1=00"],
      [body, await sign(body, "another secret", now)],
      [body, await sign(body, secret, now - 330)],
      [body, await sign(body, secret, now + 330)],
      [`${body} `, good],
      [body, good.replace(/^t=\d+/, `t=${now - 1}`)],
    ];
    for (const [text, signature] of bad) {
      const response = await deliver(text, signature);
      expect(response.status).toBe(401);
      expect((await errorOf(response)).code).toBe("invalid_signature");
    }
    expect((await deliver(body, good, "unknown")).status).toBe(404);
    expect(await callsOf("getPaymentLink")).toHaveLength(0);
    expect(await statusOf(checkout)).toBe("open");
  });

  it("is rejected if it is signed but not an event", async () => {
    const secret = await webhookSecret();
    for (const body of ["", "[]", "{}", "not json"]) {
      expect((await deliver(body, await sign(body, secret))).status).toBe(422);
    }
  });
});

describe("the status", () => {
  it("is pushed as it changes, and the stream ends when it is final", async () => {
    const checkout = await checkoutFor({ product: "mug", reference: "AB-1" });
    const linkId = await linkOf(checkout);
    const response = await fetchWorker(statusUrl(checkout), { headers: { Origin: SHOP, Accept: "text/event-stream" } });
    expect(response.headers.get("Content-Type")).toContain("text/event-stream");
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    const messages = (await response.text()).split("\n").filter((line) => line.startsWith("data: "));
    expect(messages.map((line) => (JSON.parse(line.slice(6)) as { status: string }).status)).toEqual(["open", "paid"]);
    expect(messages[1]).toContain('"reference":"AB-1"');
  });

  it("has heartbeats that a page can notice, and its messages stay reports", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    const response = await fetchWorker(statusUrl(checkout), { headers: { Origin: SHOP, Accept: "text/event-stream" } });
    await payAtQonto(linkId, "paid");
    await deliverEvent(paymentLinkEvent(linkId));
    const text = await response.text();
    const events = text.split("\n\n").filter((event) => event !== "");
    expect(events[0]).toBe("retry: 2000");
    // The first heartbeat shows a page that this Worker sends heartbeats. Browsers drop an event without a line of
    // data.
    expect(events[1]).toBe("event: heartbeat\ndata:");
    expect(events.slice(2).map((event) => event.slice(0, 7))).toEqual(["data: {", "data: {"]);
    expect(text, "a page can't hear comments").not.toMatch(/^:/m);
  });

  it("is not shown to the holder of another checkout's token, nor to another site", async () => {
    const [mine, other] = [await checkoutFor({ product: "mug" }), await checkoutFor({ product: "mug" })];
    const mixed = statusUrl({ ...mine, status_token: other.status_token });
    expect((await fetchWorker(mixed)).status).toBe(404);
    const foreign = await fetchWorker(statusUrl(mine), { headers: { Origin: "https://evil.example" } });
    expect((await errorOf(foreign)).code).toBe("origin_not_allowed");
  });

  it("of an expired link is expired once Qonto reports it, and not before", async () => {
    await letLinksExpireAfter(30 * 24 * 3600);
    const checkout = await checkoutFor({ product: "mug", attempt_id: "attempt-0001" });
    const days = 31;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * 86_400_000 });
    try {
      expect(await statusOf(checkout)).toBe("open");
      await control("POST", "clock", { advance_seconds: days * 86_400 });
      await ringAlarm();
      expect(await statusOf(checkout)).toBe("expired");
      expect(await checkoutFor({ product: "mug", attempt_id: "attempt-0001" })).toMatchObject({ status: "expired" });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a webhook whose effect can't be stored", () => {
  it("of a payment is not acknowledged, and Qonto's next delivery of it counts", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const event = paymentLinkEvent(await linkOf(checkout));
    await payAtQonto(await linkOf(checkout), "paid");
    await breakTable("UPDATE OF heard_at ON checkouts");
    expect((await deliverEvent(event)).status).toBe(500);
    await repairTable();
    expect((await deliverEvent(event)).status).toBe(200);
    await untilStatus(checkout, "paid");
  });

  it("of a lost link is not acknowledged, and Qonto's next delivery of it counts", async () => {
    const event = paymentLinkEvent(crypto.randomUUID());
    await breakTable("INSERT ON announced_links");
    expect((await deliverEvent(event)).status).toBe(500);
    await repairTable();
    expect((await deliverEvent(event)).status).toBe(200);
    await runInDurableObject(merchantObject(), (_object, state) => {
      expect(state.storage.sql.exec("SELECT link_id FROM announced_links").toArray()).toHaveLength(1);
    });
  });
});

describe("a payment that a webhook reported just now", () => {
  it("is read before calls without a waiting shopper", async () => {
    const checkout = await checkoutFor({ product: "mug" });
    const linkId = await linkOf(checkout);
    await payAtQonto(linkId, "paid");
    await breakOperation("listPaymentMethods", { delay_ms: 6_000, times: 2 });
    await control("DELETE", "journal");
    const slow = Promise.all([callAsServer("GET", "payment_methods"), callAsServer("GET", "payment_methods")]);
    await eventually(async () => expect(await callsOf("listPaymentMethods")).toHaveLength(2));
    await deliverEvent(paymentLinkEvent(linkId));
    await eventually(async () => {
      const calls = await callsToQonto();
      expect(calls.filter(({ operation }) => operation === "listPayments")).toHaveLength(1);
      expect(calls.filter(({ operation }) => operation === "listPaymentMethods")).toMatchObject([
        { status: null },
        { status: null },
      ]);
    });
    await slow;
  });
});
