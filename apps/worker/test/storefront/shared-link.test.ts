import { abortAllDurableObjects, env, evictDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/context/env.ts";
import { sharedLinks } from "../../src/http/shared-link-cache.ts";
import worker from "../../src/index.ts";
import { administer, CONNECT } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import {
  CLICKED,
  follow,
  forgetKeptLinks,
  forgetLinksOfLocation,
  locationOf,
  refusalOf,
} from "../support/no-script.ts";
import {
  breakOperation,
  callsOf,
  callsToQonto,
  control,
  letLinksExpireAfter,
  linksAtQonto,
} from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents } from "../support/server.ts";
import { KEY, openShop, saveProduct } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(async () => {
  await openShop();
  await forgetKeptLinks();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long a link is cached in front of the merchant's object. */
const KEPT_MS = 30_000;

const MUG = {
  title: "Mug",
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
};
const DEARER = { ...MUG, price: { value: "20.00", currency: "EUR" } };

function laterBy(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

async function openAmounts(): Promise<readonly string[]> {
  return (await linksAtQonto()).filter(({ status }) => status === "open").map(({ amount }) => amount.value);
}

describe("shoppers who follow the link of a product", () => {
  it("get one reusable link at its price, which the first one creates", async () => {
    const first = await locationOf(follow("mug"));
    const [link] = await linksAtQonto();
    expect(link).toMatchObject({ url: first, reusable: true, amount: { value: "13.30" } });
    expect(await locationOf(follow("mug"))).toBe(first);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("get one link if 50 arrive at once", async () => {
    const found = await Promise.all(Array.from({ length: 50 }, () => locationOf(follow("poster"))));
    expect(new Set(found).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("get the same link after a restart and with an empty cache", async () => {
    const first = await locationOf(follow("mug"));
    await evictDurableObject(merchantObject());
    await forgetKeptLinks();
    expect(await locationOf(follow("mug"))).toBe(first);
  });

  it("cause no call of the object or of Qonto once the link is cached", async () => {
    const first = await locationOf(follow("mug"));
    await untilAtRest();
    await control("DELETE", "journal");
    // Only the object knows that the product was removed.
    await callAsServer("DELETE", "products/mug");
    expect(await locationOf(follow("mug"))).toBe(first);
    expect(await callsToQonto()).toEqual([]);
    laterBy(KEPT_MS + 1);
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
  });

  it("cause no call at all once the isolate remembers the link", async () => {
    const first = await locationOf(follow("mug"));
    await forgetLinksOfLocation();
    await callAsServer("DELETE", "products/mug");
    expect(await locationOf(follow("mug"))).toBe(first);
    expect(await locationOf(follow("mug?utm_source=newsletter"))).toBe(first);
    expect(await locationOf(follow("mug", { method: "HEAD" }))).toBe(first);
    expect((await follow("mug?confirm=1")).status).toBe(404);
    laterBy(KEPT_MS + 1);
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
  });

  it("get a link of Cloudflare's cache only until the time that the object has set", async () => {
    const startedAt = Date.now();
    const first = await locationOf(follow("mug"));
    const answeredAt = Date.now();
    await callAsServer("DELETE", "products/mug");
    sharedLinks.forget();
    vi.useFakeTimers({ toFake: ["Date"], now: startedAt + KEPT_MS - 1_000 });
    expect(await locationOf(follow("mug"))).toBe(first);
    await forgetLinksOfLocation();
    vi.setSystemTime(answeredAt + KEPT_MS);
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
  });

  it("get no remembered link for longer than half a minute after a clock was set back", async () => {
    await locationOf(follow("mug"));
    await callAsServer("DELETE", "products/mug");
    laterBy(-86_400_000);
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
    sharedLinks.forget();
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
  });

  it("get headers that prevent caching, referrers and indexing", async () => {
    const { headers } = await follow("mug");
    expect(headers.get("Cache-Control")).toBe("no-store");
    expect(headers.get("Referrer-Policy")).toBe("same-origin");
    expect(headers.get("X-Robots-Tag")).toBe("noindex");
  });

  it("can pay it any number of times, and the shop's events name the product", async () => {
    await locationOf(follow("mug"));
    const [link] = await linksAtQonto();
    for (const payment of [1, 2]) {
      await control("POST", `payment_links/${link?.id}/payments`, { status: "paid" });
      await deliverEvent(paymentLinkEvent(link?.id ?? ""));
      await eventually(async () => expect(await toldEvents()).toHaveLength(payment));
    }
    expect(await toldEvents()).toMatchObject([
      {
        type: "checkout.payment_received",
        data: { checkout: { status: "open", products: [{ product: "mug", quantity: 1 }], metadata: {} } },
      },
      { type: "checkout.payment_received" },
    ]);
    await forgetKeptLinks();
    expect(await locationOf(follow("mug"))).toBe(link?.url);
  });
});

describe("when a product is saved", () => {
  it("at a new price, the next shopper gets a new link, and the old link ends once its cache has expired", async () => {
    const before = await locationOf(follow("mug"));
    await saveProduct("mug", DEARER);
    expect(await locationOf(follow("mug"))).toBe(before);
    await ringAlarmAfter(KEPT_MS - 2_000);
    expect(await openAmounts()).toEqual(["13.30"]);

    laterBy(KEPT_MS + 1_000);
    const after = await locationOf(follow("mug"));
    expect(after).not.toBe(before);
    await ringAlarmAfter(0);
    expect(await openAmounts()).toEqual(["24.20"]);
  });

  it("while Qonto creates the link, no shopper gets the link at the old price", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const following = locationOf(follow("mug"));
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await saveProduct("mug", DEARER);
    const found = await following;
    const link = (await linksAtQonto()).find(({ url }) => url === found);
    expect(link?.amount.value).toBe("24.20");
    await ringAlarmAfter(KEPT_MS + 1_000);
    expect(await openAmounts()).toEqual(["24.20"]);
  });

  it("while Qonto creates the link and the object dies, the link at the old price is still deactivated", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const dying = follow("mug").then(({ status }) => status);
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await saveProduct("mug", DEARER);
    await abortAllDurableObjects();
    expect(await dying).toBeGreaterThanOrEqual(500);
    await ringAlarmAfter(61_000);
    expect(await openAmounts()).toEqual([]);
    await locationOf(follow("mug"));
    expect(await openAmounts()).toEqual(["24.20"]);
  });

  it("at a new price and again at the old one, only the newest link stays open", async () => {
    await locationOf(follow("mug"));
    await saveProduct("mug", DEARER);
    await saveProduct("mug", MUG);
    await forgetKeptLinks();
    await locationOf(follow("mug"));
    await ringAlarmAfter(KEPT_MS + 1_000);
    expect(await openAmounts()).toEqual(["13.30"]);
  });

  it("without a change, the link stays", async () => {
    const before = await locationOf(follow("mug"));
    await saveProduct("mug", MUG);
    await forgetKeptLinks();
    expect(await locationOf(follow("mug"))).toBe(before);
  });
});

describe("the shared link", () => {
  it("ends after its product is removed, once its cache has expired", async () => {
    await locationOf(follow("mug"));
    await callAsServer("DELETE", "products/mug");
    await forgetKeptLinks();
    expect(await refusalOf(follow("mug"))).toEqual([404, "product_not_found"]);
    await ringAlarmAfter(KEPT_MS + 1_000);
    expect(await openAmounts()).toEqual([]);
  });

  it("is replaced for the next shopper after it was canceled", async () => {
    const before = await locationOf(follow("mug"));
    const { data: checkouts } = await answerAsServer<{ data: readonly { id: string }[] }>("GET", "checkouts");
    await answerAsServer("POST", `checkouts/${checkouts[0]?.id}/cancel`);
    await forgetKeptLinks();
    expect(await locationOf(follow("mug"))).not.toBe(before);
    expect(await openAmounts()).toEqual(["13.30"]);
  });

  it("is replaced when it is about to expire, so that the shopper has time to pay", async () => {
    await letLinksExpireAfter(30 * 24 * 3600);
    const before = await locationOf(follow("mug"));
    laterBy(30 * 24 * 3_600_000 - 10 * 60_000);
    await control("POST", "clock", { now: new Date().toISOString() });
    expect(await locationOf(follow("mug"))).not.toBe(before);
  });
});

describe("without a click", () => {
  const { "Sec-Fetch-User": _user, ...unclicked } = CLICKED;
  const LOOKING: readonly (readonly [string, Record<string, string>])[] = [
    ["a crawler", {}],
    ["a page's script", { ...CLICKED, "Sec-Fetch-Mode": "cors" }],
    ["an image", { ...unclicked, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image" }],
    ["a redirect without a click", unclicked],
    ["a frame of another page", { ...CLICKED, "Sec-Fetch-Dest": "iframe" }],
    ["prefetch", { ...CLICKED, "Sec-Purpose": "prefetch" }],
    ["prerender", { ...CLICKED, "Sec-Purpose": "prefetch;prerender" }],
    ["an old Chrome's preview", { ...CLICKED, Purpose: "preview" }],
    ["Firefox's prefetch", { ...CLICKED, "X-Moz": "prefetch" }],
  ];

  it.each(LOOKING)("%s gets a page with the price and a button", async (_who, headers) => {
    const response = await follow("mug", { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const page = await response.text();
    expect(page).toContain("<h1>Mug</h1>");
    expect(page).toContain("€13.30");
    expect(page).toContain("Including 21% VAT");
    expect(page).toContain('<form method="post" action="/pay/pk_sandbox_demo/mug">');
    expect(page).not.toContain("<script");
    expect(await callsToQonto()).toEqual([]);
  });

  it.each(LOOKING)("%s is redirected if a link exists", async (_who, headers) => {
    const url = await locationOf(follow("mug"));
    expect(await locationOf(follow("mug", { headers }))).toBe(url);
    await forgetKeptLinks();
    expect(await locationOf(follow("mug", { headers }))).toBe(url);
  });

  it("HEAD is answered as GET, without a body, and creates nothing", async () => {
    const before = await follow("mug", { method: "HEAD" });
    expect([before.status, await before.text()]).toEqual([200, ""]);
    expect(await callsToQonto()).toEqual([]);
    const url = await locationOf(follow("mug"));
    expect(await locationOf(follow("mug", { method: "HEAD" }))).toBe(url);
  });
});

describe("a failing Qonto", () => {
  it("causes a page with the time to try again, and the error is not cached", async () => {
    await breakOperation("createPaymentLink", { status: 503, times: 2 });
    const failed = await follow("mug");
    expect(failed.headers.get("Retry-After")).toBe("2");
    const page = await failed.text();
    expect(failed.status).toBe(503);
    expect(page).toContain("Code <code>qonto_unavailable</code>, request <code>req_");
    expect(page).toContain('href="/pay/pk_sandbox_demo/mug"');
    await locationOf(follow("mug"));
  });

  it("that does not answer leaves one link: the orphaned one is deactivated", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    expect(await refusalOf(follow("mug"))).toEqual([503, "qonto_unavailable"]);
    const url = await locationOf(follow("mug"));
    await ringAlarmAfter(61_000);
    expect((await linksAtQonto()).filter(({ status }) => status === "open").map((link) => link.url)).toEqual([url]);
  });

  it("with an amount off by a cent redirects no shopper to it", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    expect(await refusalOf(follow("mug"))).toEqual([502, "amount_mismatch"]);
    await eventually(async () => expect(await openAmounts()).toEqual([]));
    await locationOf(follow("mug"));
    expect(await openAmounts()).toEqual(["13.30"]);
  });

  it("causes an error for all concurrent shoppers with one call", async () => {
    await breakOperation("createPaymentLink", { status: 400, delay_ms: 300 });
    const told = await Promise.all([1, 2, 3].map(() => refusalOf(follow("mug"))));
    expect(told).toEqual(told.map(() => [502, "qonto_refused"]));
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
  });
});

it("a link to a host that is no longer allowed causes no redirect", async () => {
  await locationOf(follow("mug"));
  const settings: Env = { ...(env as unknown as Env), QONTO_PAY_HOSTS: "pay.example" };
  const request = new Request(`${CONNECT}/pay/${KEY}/mug`) as Parameters<typeof worker.fetch>[0];
  expect(await refusalOf(worker.fetch(request, settings))).toEqual([502, "pay_url_not_allowed"]);
});

it("a merchant who has disconnected redirects no shopper to a link that is no longer polled", async () => {
  await locationOf(follow("mug"));
  await administer("POST", "/v1/merchants/demo/disconnect");
  await forgetKeptLinks();
  expect(await refusalOf(follow("mug"))).toEqual([503, "merchant_not_connected"]);
});
