import { abortAllDurableObjects, runDurableObjectAlarm } from "cloudflare:test";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { merchantObject, ringAlarmAfter } from "./support/merchant-object.ts";
import { breakOperation, callsOf, linksAtQonto } from "./support/sandbox.ts";
import { checkoutFor, errorOf, KEY, openShop, pay, SHOP, saveProduct } from "./support/shop.ts";

beforeEach(openShop);

const attempt = { key: KEY, product: "mug", attempt_id: "attempt-0001" };

describe("Qonto fails to mint", () => {
  it.each([
    ["400", { status: 400 }, 502, "qonto_refused"],
    ["403", { status: 403 }, 502, "qonto_refused"],
    ["404", { status: 404 }, 502, "qonto_refused"],
    ["429", { status: 429 }, 503, "qonto_rate_limited"],
    ["500 twice", { status: 500, times: 2 }, 503, "qonto_unavailable"],
    ["502 twice", { status: 502, times: 2 }, 503, "qonto_unavailable"],
    ["HTML twice", { body: "html", times: 2 }, 503, "qonto_unavailable"],
    ["malformed JSON twice", { body: "malformed_json", times: 2 }, 503, "qonto_unavailable"],
    ["a cut body twice", { body: "cut", times: 2 }, 503, "qonto_unavailable"],
    ["an empty body twice", { body: "empty", times: 2 }, 503, "qonto_unavailable"],
    ["a connection dropped before the effect twice", { drop: true, times: 2 }, 503, "qonto_unavailable"],
    ["a connection dropped after the effect twice", { drop: true, when: "after", times: 2 }, 503, "qonto_unavailable"],
    ["500 after the effect twice", { status: 500, when: "after", times: 2 }, 503, "qonto_unavailable"],
    ["a cent too much", { amount_off_by: "0.01" }, 502, "amount_mismatch"],
  ])("%s: says so, and the same attempt works afterwards with one payable link", async (_name, fault, status, code) => {
    await breakOperation("createPaymentLink", fault);
    const refused = await pay(attempt);
    const error = await errorOf(refused);
    expect({ status: refused.status, code: error.code }).toEqual({ status, code });
    expect(refused.headers.get("Access-Control-Allow-Origin")).toBe(SHOP);

    const checkout = await checkoutFor(attempt);
    await vi.waitFor(async () => {
      const open = (await linksAtQonto()).filter((link) => link.status === "open");
      expect(open.map((link) => link.url)).toEqual([checkout.url]);
    }, 5_000);
  });

  it.each([
    ["500", { status: 500 }],
    ["500 after the effect", { status: 500, when: "after" }],
    ["HTML", { body: "html" }],
    ["malformed JSON", { body: "malformed_json" }],
    ["a cut body", { body: "cut" }],
    ["a dropped connection before the effect", { drop: true }],
    ["a dropped connection after the effect", { drop: true, when: "after" }],
  ])("%s once: the shopper notices nothing, and one link stays payable", async (_name, fault) => {
    await breakOperation("createPaymentLink", fault);
    const checkout = await checkoutFor(attempt);
    const keys = (await callsOf("createPaymentLink")).map((call) => call.headers["x-qonto-idempotency-key"]);
    expect(keys).toEqual([expect.any(String), keys[0]]);
    await vi.waitFor(async () => {
      const open = (await linksAtQonto()).filter((link) => link.status === "open");
      expect(open.map((link) => link.url)).toEqual([checkout.url]);
    }, 5_000);
  });

  it("401 is answered by renewing the token, not by an error", async () => {
    await breakOperation("createPaymentLink", { status: 401 });
    await checkoutFor(attempt);
    expect(await callsOf("createToken")).toHaveLength(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("401 again and again ends in merchant_not_connected, not in a loop", async () => {
    await breakOperation("createPaymentLink", { status: 401, times: 0 });
    const error = await errorOf(await pay(attempt));
    expect(error.code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toHaveLength(2);
  });

  it("429 with Retry-After: passes it on, and asks Qonto nothing until then", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "7" } });
    expect((await pay(attempt)).headers.get("Retry-After")).toBe("7");
    const second = await pay(attempt);
    expect((await errorOf(second)).code).toBe("qonto_rate_limited");
    expect(Number(second.headers.get("Retry-After"))).toBeLessThanOrEqual(7);
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7_000 });
    try {
      await checkoutFor(attempt);
    } finally {
      vi.useRealTimers();
    }
  });

  it("never shows what Qonto wrote", async () => {
    await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
    expect(await (await pay(attempt)).text()).not.toContain("canary");
  });

  it("by saying nothing: the shopper is told so within 10 s", { timeout: 15_000 }, async () => {
    await breakOperation("createPaymentLink", { delay_ms: 12_000 });
    const startedAt = performance.now();
    expect((await errorOf(await pay(attempt))).code).toBe("qonto_unavailable");
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it("finds lost links even when nobody tries again", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await pay(attempt);
    await vi.waitFor(async () => {
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    }, 5_000);
  });

  it("goes on looking when the list can't be read at first", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("listPaymentLinks", { status: 500, times: 3 });
    await pay(attempt);
    await vi.waitFor(async () => expect(await callsOf("listPaymentLinks")).toHaveLength(3), 5_000);
    await vi.waitFor(async () => {
      await ringAlarmAfter(31_000);
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    }, 5_000);
  });

  it("late, while the same attempt is being tried again: the link that the shopper gets stays payable", {
    timeout: 20_000,
  }, async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    expect((await errorOf(await pay(attempt))).code).toBe("qonto_unavailable");
    const retry = checkoutFor(attempt);
    await vi.waitFor(async () => expect(await linksAtQonto()).toHaveLength(3), 5_000);
    await runDurableObjectAlarm(merchantObject());
    const checkout = await retry;
    await ringAlarmAfter(61_000);
    const links = await linksAtQonto();
    expect(links.filter((link) => link.status === "open").map((link) => link.url)).toEqual([checkout.url]);
  });

  it("and the Worker dies before the answer: the link is found and deactivated", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const dying = pay(attempt).then((response) => response.status);
    await vi.waitFor(async () => expect(await linksAtQonto()).toHaveLength(1), 5_000);
    await abortAllDurableObjects();
    expect(await dying).toBeGreaterThanOrEqual(500);
    await ringAlarmAfter(61_000);
    expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled"]);
  });

  it("to deactivate: a link that may not be paid is not forgotten", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    await breakOperation("deactivatePaymentLink", { status: 403 });
    expect((await errorOf(await pay(attempt))).code).toBe("amount_mismatch");
    await vi.waitFor(async () => expect((await callsOf("deactivatePaymentLink")).length).toBeGreaterThan(0), 5_000);
    await ringAlarmAfter(31_000);
    expect((await linksAtQonto()).filter((link) => link.status === "open")).toEqual([]);
  });

  it("by a cent, while the merchant changes the price: nobody pays another price than the one shown", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01", delay_ms: 500, when: "after" });
    const poster = { key: KEY, product: "poster", quantity: 7, attempt_id: "attempt-0002" };
    const paying = pay({ ...poster, shown_amount: { value: "69.93", currency: "EUR" } });
    await vi.waitFor(async () => expect(await linksAtQonto()).toHaveLength(1), 5_000);
    await saveProduct("poster", {
      title: "Poster",
      price: { value: "99.99", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    });
    await paying;
    const payable = (await linksAtQonto()).filter((link) => link.status === "open").map((link) => link.amount.value);
    expect(payable.filter((amount) => amount !== "69.93")).toEqual([]);
  });
});
