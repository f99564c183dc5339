import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject, moveClock, ringAlarm, ringUntil } from "../support/object/merchant-object.ts";
import { askQonto, breakOperation, callsOf, control, qontoSession, type SandboxLink } from "../support/sandbox.ts";
import { answerAsServer, openServerCheckout, toldEvents } from "../support/server.ts";
import { checkoutFor, KEY, openShop, pay } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const attempt = { publishable_key: KEY, product: "mug", attempt_id: "attempt-0001" };

/** Stops the Worker while it waits for a link. @returns the link, which no checkout owns. */
async function loseLink(): Promise<SandboxLink> {
  await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
  const dying = pay(attempt).then((response) => response.status);
  const link = await eventually(async () => {
    const [made] = await newestLinks();
    if (made === undefined) throw new Error("no link yet");
    return made;
  });
  await abortAllDurableObjects();
  expect(await dying).toBeGreaterThanOrEqual(500);
  await control("DELETE", "journal");
  return link;
}

async function newestLinks(): Promise<readonly SandboxLink[]> {
  const { payment_links } = (await askQonto("/v2/payment_links?per_page=1")) as { payment_links: SandboxLink[] };
  return payment_links;
}

async function statusAtQonto({ id }: Pick<SandboxLink, "id">): Promise<string> {
  const { payment_link } = (await askQonto(`/v2/payment_links/${id}`)) as { payment_link: SandboxLink };
  return payment_link.status;
}

/** Creates this many links at Qonto as another application. */
async function crowd(count: number): Promise<void> {
  const ask = await qontoSession();
  const item = { title: "Poster", quantity: 1, unit_price: { value: "5.00", currency: "EUR" }, vat_rate: "20" };
  const payment_link = { potential_payment_methods: ["credit_card"], reusable: false, items: [item] };
  await control("PUT", "rate_limits", { per_10_seconds: null, per_10_minutes: null });
  for (let made = 0; made < count; made += 50) {
    await Promise.all(
      Array.from({ length: Math.min(50, count - made) }, () =>
        ask("/v2/payment_links", { method: "POST", body: { payment_link } }),
      ),
    );
  }
}

function lostLinks(): Promise<Record<string, unknown> | undefined> {
  return answerAsServer<{ checks: readonly { name: string; measured?: Record<string, unknown> }[] }>(
    "GET",
    "diagnostics",
  ).then(({ checks }) => checks.find(({ name }) => name === "lost_links")?.measured);
}

describe("a link that a dead Worker left at Qonto", () => {
  it("is deactivated although 1,150 links were created after it, without any webhook", async () => {
    const lost = await loseLink();
    await crowd(1_150);
    await moveClock(61_000);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"));
    expect(await lostLinks()).toMatchObject({ waiting: 0, unidentified: 0 });
  });

  it("is searched for to the end of the list, even if pages can't be read, and shown as unresolved until then", async () => {
    const lost = await loseLink();
    await crowd(520);
    await breakOperation("listPaymentLinks", { delay_ms: 0, extra_fields: true, times: 3 });
    await breakOperation("listPaymentLinks", { status: 503, times: 3 });
    await moveClock(61_000);
    await ringAlarm();
    expect(await statusAtQonto(lost)).toBe("open");
    expect(await lostLinks()).toMatchObject({ waiting: 1, unidentified: 1 });
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"), 31_000);
    const pages = (await callsOf("listPaymentLinks")).map(({ query, status }) => [
      new URLSearchParams(query).get("page"),
      status,
    ]);
    // Pages that were read before the failure are not read again.
    expect(pages).toEqual([
      ["1", 200],
      ["2", 200],
      ["3", 200],
      ["4", 503],
      ["4", 503],
      ["4", 503],
      ["4", 200],
      ["5", 200],
      ["6", 200],
    ]);
  });

  it("is found in a list without an order by time, as for links without an end", async () => {
    await control("PUT", "behaviour", { expiration_date: "zero" });
    await checkoutFor({ publishable_key: KEY, product: "mug", attempt_id: "attempt-0000" });
    const lost = await loseLink();
    // The first link now states an earlier creation time.
    await control("POST", "clock", { advance_seconds: -86_400 });
    await crowd(150);
    await moveClock(61_000);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"));
  });

  it("is found by the webhook that names it, regardless of the list", async () => {
    const lost = await loseLink();
    await breakOperation("listPaymentLinks", { status: 500, times: 0 });
    const created = { ...paymentLinkEvent(lost.id, { status: "open" }) };
    expect((await deliverEvent({ ...created, data: { ...created.data, event: "created" } })).status).toBe(200);
    await moveClock(61_000);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"), 31_000);
    expect(await lostLinks()).toMatchObject({ waiting: 0, unread: 0 });
  });

  it("is found by that webhook although its reservation was removed", async () => {
    const lost = await loseLink();
    await runInDurableObject(merchantObject(), (_object, state) => {
      state.storage.sql.exec("DELETE FROM unclaimed_links");
    });
    await deliverEvent(paymentLinkEvent(lost.id, { status: "open" }));
    await moveClock(61_000);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"));
  });

  it("is no longer searched for once the webhook named it", async () => {
    const lost = await loseLink();
    await deliverEvent(paymentLinkEvent(lost.id, { status: "open" }));
    await moveClock(61_000);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"));
    expect(await callsOf("listPaymentLinks")).toEqual([]);
  });

  it("is read again if that fails when its webhook arrives, and shown until then", async () => {
    const lost = await loseLink();
    await runInDurableObject(merchantObject(), (_object, state) => {
      state.storage.sql.exec("DELETE FROM unclaimed_links");
    });
    await deliverEvent(paymentLinkEvent(lost.id, { status: "open" }));
    await breakOperation("getPaymentLink", { status: 403 });
    await moveClock(61_000);
    await ringUntil(async () => expect(await lostLinks()).toMatchObject({ unread: 1 }), 100);
    await ringUntil(async () => expect(await statusAtQonto(lost)).toBe("canceled"), 31_000);
    expect(await lostLinks()).toMatchObject({ waiting: 0, unread: 0 });
  });
});

describe("a webhook that names a link", () => {
  it("of a checkout that already has it causes no call", async () => {
    const checkout = await openServerCheckout();
    await runInDurableObject(merchantObject(), (_object, state) => {
      const now = Date.now();
      state.storage.sql.exec("INSERT INTO announced_links VALUES (?, ?, ?, 0)", checkout.payment_link.id, now, now);
    });
    await control("DELETE", "journal");
    await ringUntil(async () => {
      expect(await announced()).toBe(0);
    });
    expect(await callsOf("getPaymentLink")).toEqual([]);
    expect(await statusAtQonto(checkout.payment_link)).toBe("open");
  });

  it("from another source leaves it open, and reads it once", async () => {
    await crowd(1);
    const [link] = await newestLinks();
    if (link === undefined) throw new Error("no link");
    await deliverEvent(paymentLinkEvent(link.id, { status: "open" }));
    await moveClock(61_000);
    await ringUntil(async () => {
      expect(await announced()).toBe(0);
    });
    await deliverEvent(paymentLinkEvent(link.id, { status: "open" }));
    expect(await announced()).toBe(0);
    expect(await callsOf("getPaymentLink")).toHaveLength(1);
    expect(await statusAtQonto(link)).toBe("open");
  });

  it("while its checkout is being created does not deactivate the shopper's link", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const paying = checkoutFor(attempt);
    const link = await eventually(async () => {
      const [made] = await newestLinks();
      if (made === undefined) throw new Error("no link yet");
      return made;
    });
    await deliverEvent(paymentLinkEvent(link.id, { status: "open" }));
    await moveClock(61_000);
    await ringAlarm();
    vi.useRealTimers();
    expect((await paying).url).toBe(link.url);
    await moveClock(122_000);
    await ringAlarm();
    expect(await statusAtQonto(link)).toBe("open");
  });
});

function announced(): Promise<number> {
  return runInDurableObject(
    merchantObject(),
    (_object, state) => state.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM announced_links").one().n,
  );
}

describe("a webhook to a shop whose event has expired", () => {
  it.each([true, false])("does not block later webhooks, other events left: %s", async (isOtherLeft) => {
    // `dispatch-webhooks.test.ts` tests deliveries. Here the rows are set as they would be after 90 days.
    await openServerCheckout();
    const endpoint = await answerAsServer<{ id: string }>("POST", "webhook_endpoints", {
      body: { url: "http://localhost:1/shop" },
    });
    await runInDurableObject(merchantObject(), (_object, state) => {
      const { sql } = state.storage;
      const old = Date.now() - 91 * 24 * 3_600_000;
      sql.exec("DELETE FROM events");
      sql.exec(
        "INSERT INTO events (id, type, checkout_id, data, created_at) VALUES ('evt_dead', 'checkout.paid', 'co_2', '{}', ?)",
        old,
      );
      sql.exec(
        `INSERT INTO deliveries (endpoint_id, event_number, queue, status, ended_at, begun_at, created_at)
         SELECT ?, number, 'co_2', 'dead', ?, ?, ? FROM events`,
        endpoint.id,
        Date.now(),
        old,
        old,
      );
      for (const createdAt of isOtherLeft ? [old, Date.now()] : [old, old]) {
        sql.exec(
          "INSERT INTO events (id, type, checkout_id, data, created_at) VALUES ('evt_' || hex(randomblob(8)), 'checkout.paid', 'co_1', '{}', ?)",
          createdAt,
        );
      }
      sql.exec(
        `INSERT INTO deliveries (endpoint_id, event_number, queue, due_at, begun_at, created_at)
         SELECT ?, number, 'co_1', iif(number = (SELECT min(number) FROM events WHERE checkout_id = 'co_1'), ?, NULL), ?, ?
         FROM events WHERE checkout_id = 'co_1'`,
        endpoint.id,
        Date.now() + 3_600_000,
        Date.now(),
        old,
      );
    });
    await ringUntil(async () => {
      const { data: deliveries } = await answerAsServer<{ data: readonly object[] }>(
        "GET",
        `webhook_endpoints/${endpoint.id}/deliveries`,
      );
      expect(deliveries).toMatchObject(isOtherLeft ? [{ status: "pending", attempts: 1 }] : []);
      const rows = await runInDurableObject(
        merchantObject(),
        (_object, state) => state.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM deliveries").one().n,
      );
      expect(rows).toBe(isOtherLeft ? 1 : 0);
    });
    if (!isOtherLeft) expect((await toldEvents()).length).toBe(0);
  });
});
