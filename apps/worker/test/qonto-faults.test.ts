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
    ["429 with Retry-After", { status: 429, headers: { "Retry-After": "7" } }, 503, "qonto_rate_limited"],
    ["500", { status: 500 }, 503, "qonto_unavailable"],
    ["502", { status: 502 }, 503, "qonto_unavailable"],
    ["HTML", { body: "html" }, 503, "qonto_unavailable"],
    ["malformed JSON", { body: "malformed_json" }, 503, "qonto_unavailable"],
    ["a cut body", { body: "cut" }, 503, "qonto_unavailable"],
    ["an empty body", { body: "empty" }, 503, "qonto_unavailable"],
    ["a dropped connection before the effect", { drop: true, when: "before" }, 503, "qonto_unavailable"],
    ["a dropped connection after the effect", { drop: true, when: "after" }, 503, "qonto_unavailable"],
    ["500 after the effect", { status: 500, when: "after" }, 503, "qonto_unavailable"],
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

  it("passes Retry-After on", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "7" } });
    expect((await pay(attempt)).headers.get("Retry-After")).toBe("7");
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

  it("finds a lost link even when nobody tries again", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after" });
    await pay(attempt);
    await vi.waitFor(async () => {
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled"]);
    }, 5_000);
  });

  it("goes on looking when the list can't be read at first", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after" });
    await breakOperation("listPaymentLinks", { status: 500 });
    await pay(attempt);
    await vi.waitFor(async () => expect(await callsOf("listPaymentLinks")).toHaveLength(1), 5_000);
    await ringAlarmAfter(31_000);
    expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled"]);
  });

  it("late, while the same attempt is being tried again: the link that the shopper gets stays payable", {
    timeout: 20_000,
  }, async () => {
    await breakOperation("createPaymentLink", { delay_ms: 400, drop: true, when: "after" });
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    expect((await errorOf(await pay(attempt))).code).toBe("qonto_unavailable");
    const retry = checkoutFor(attempt);
    await vi.waitFor(async () => expect(await linksAtQonto()).toHaveLength(2), 5_000);
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
