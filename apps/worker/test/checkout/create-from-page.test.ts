import { evictDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject, untilAtRest } from "../support/object/merchant-object.ts";
import { callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import {
  type CreatedCheckout,
  checkoutFor,
  errorOf,
  KEY,
  openShop,
  pay,
  priceOf,
  SHOP,
  WORKER,
} from "../support/shop.ts";

beforeEach(openShop);

describe("a checkout from a page", () => {
  it("leads to Qonto's pay page at the documented price", async () => {
    const response = await pay({ publishable_key: KEY, product: "mug" });
    expect(response.status).toBe(201);
    const checkout = await response.json<CreatedCheckout>();
    expect(checkout).toMatchObject({ status: "open", amount: { value: "13.30", currency: "EUR" } });
    const [link] = await linksAtQonto();
    expect(checkout.url).toBe(link?.url);
    expect(link?.amount.value).toBe("13.30");
  });

  it.each([
    [{ product: "poster" }, "9.99"],
    [{ product: "poster", quantity: 3 }, "29.97"],
    [{ product: "mug", quantity: 2 }, "26.60"],
    [{ product: "donation", amount: "5" }, "5.00"],
    [{ product: "donation", amount: "499.99" }, "499.99"],
  ])("of %j costs %s at Qonto too", async (body, amount) => {
    const checkout = await checkoutFor(body);
    expect(checkout.amount.value).toBe(amount);
    expect((await linksAtQonto())[0]?.amount.value).toBe(amount);
  });

  it("labels a page's order number as the page's, and never shows a sentence in its place", async () => {
    await checkoutFor({ product: "mug", reference: "AB-4F7K2M" });
    await checkoutFor({ product: "mug", reference: "Please call 0190 123456 to confirm" });
    const lines = (await linksAtQonto()).map((link) => link.items[0]);
    expect(lines.map((line) => line?.title)).toEqual(["Mug", "Mug"]);
    const descriptions = lines.map((line) => line?.description ?? "");
    expect(descriptions.filter((text) => text.startsWith("Reference from the page: AB-4F7K2M · "))).toHaveLength(1);
    expect(descriptions.filter((text) => text.includes("0190"))).toHaveLength(0);
  });

  it("causes exactly one call to Qonto", async () => {
    await checkoutFor({ product: "mug" });
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
    expect(await callsOf("createToken")).toHaveLength(0);
  });
});

describe("the same attempt", () => {
  const attempt = { product: "mug", attempt_id: "attempt-0001" };

  it("gets the same checkout again, with 200", async () => {
    const first = await checkoutFor(attempt);
    const again = await pay({ publishable_key: KEY, ...attempt });
    expect(again.status).toBe(200);
    expect(await again.json()).toEqual(first);
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
  });

  it("gets one link for 20 concurrent requests", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => checkoutFor(attempt)));
    expect(new Set(answers.map((answer) => answer.url)).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("gets the same checkout after a restart", async () => {
    const first = await checkoutFor(attempt);
    await evictDurableObject(merchantObject());
    expect(await checkoutFor(attempt)).toEqual(first);
  });

  it("can't be used for another order", async () => {
    await checkoutFor(attempt);
    const response = await pay({ publishable_key: KEY, ...attempt, quantity: 2 });
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe("idempotency_key_reused");
  });

  it("is optional: without one, every call creates a new checkout", async () => {
    const [first, second] = [await checkoutFor({ product: "mug" }), await checkoutFor({ product: "mug" })];
    expect(first.id).not.toBe(second.id);
  });
});

describe("the displayed price", () => {
  it("is accepted if it is the right price", async () => {
    await checkoutFor({ product: "mug", shown_amount: { value: "13.3", currency: "EUR" } });
  });

  it.each([
    { value: "13.29", currency: "EUR" },
    { value: "13.30", currency: "USD" },
  ])("is rejected as %j", async (shown_amount) => {
    const response = await pay({ publishable_key: KEY, product: "mug", shown_amount });
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe("price_changed");
    expect(await linksAtQonto()).toHaveLength(0);
  });

  it("blocks an earlier attempt at another price, whose link can no longer be paid", async () => {
    const attempt = { product: "mug", attempt_id: "attempt-0001" };
    await checkoutFor(attempt);
    const shown_amount = { value: "14.00", currency: "EUR" };
    expect((await errorOf(await pay({ publishable_key: KEY, ...attempt, shown_amount }))).code).toBe("price_changed");
    await eventually(async () => expect((await linksAtQonto())[0]?.status).toBe("canceled"));
  });

  it("can be requested beforehand", async () => {
    const response = await priceOf({ publishable_key: KEY, product: "poster", quantity: 2 });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(SHOP);
    expect(await response.json()).toMatchObject({ amount: { value: "19.98", currency: "EUR" } });
    expect(
      (await errorOf(await priceOf({ publishable_key: KEY, product: "poster" }, { origin: "https://evil.example" })))
        .code,
    ).toBe("origin_not_allowed");
  });

  it.each([
    [{ product: "poster" }, "9.99", { min_quantity: 1, max_quantity: 99 }],
    [
      { product: "donation", amount: "5" },
      "5.00",
      { open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } } },
    ],
    [{ items: [{ product: "poster" }] }, "9.99", {}],
  ])("comes with the bounds of the shopper's choice: %o", async (purchase, value, bounds) => {
    const response = await priceOf({ publishable_key: KEY, ...purchase });
    expect(await response.json()).toEqual({ amount: { value, currency: "EUR" }, ...bounds });
  });
});

describe("a page of a shop", () => {
  it("is accepted from an allowed origin, without a preflight", async () => {
    const response = await pay({ publishable_key: KEY, product: "mug" });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(SHOP);
    expect(response.headers.get("Vary")).toContain("Origin");
  });

  it.each(["https://evil.example", "null", `${SHOP}.evil.example`, null])(
    "is rejected from the origin %s",
    async (origin) => {
      const response = await pay({ publishable_key: KEY, product: "mug" }, { origin });
      expect(response.status).toBe(403);
      expect((await errorOf(response)).code).toBe("origin_not_allowed");
      expect(await linksAtQonto()).toHaveLength(0);
    },
  );

  it("gets an answer to its preflight if it sends JSON", async () => {
    const response = await fetchWorker(`${WORKER}/v1/checkouts`, { method: "OPTIONS", headers: { Origin: SHOP } });
    expect(response.status).toBe(204);
    expect(response.headers.get("Access-Control-Allow-Headers")).toContain("Content-Type");
  });
});

describe("a click after the connection to the provider has ended", () => {
  it("gets the error of a shop that is not connected, and later clicks cause no call", async () => {
    await control("PUT", "connection", { status: null });
    for (const attempt_id of ["attempt-0001", "attempt-0002"]) {
      const response = await pay({ publishable_key: KEY, product: "mug", attempt_id });
      expect((await errorOf(response)).code).toBe("merchant_not_connected");
      await untilAtRest();
    }
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
  });
});
