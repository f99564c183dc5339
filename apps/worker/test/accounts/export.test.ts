import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MerchantObject } from "../../src/merchant-object/merchant-object.ts";
import { exported, type Line, sell } from "../support/exported.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { payCheckout, syncCheckout } from "../support/paid-checkout.ts";
import { webhookSecret } from "../support/sandbox.ts";
import { seedCheckouts } from "../support/object/seed-checkouts.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import { openEndpoint } from "../support/shop-server.ts";
import { errorOf, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.restoreAllMocks();
});

describe("an export", () => {
  it("has every record once, in the order of the types, and ends with a line that says so", async () => {
    const { paid } = await sell();
    const lines = await exported();
    const types = [...new Set(lines.map(({ type }) => type))];
    expect(types).toEqual(["settings", "product", "checkout", "payment", "event", "end"]);
    expect(new Set(lines.map(({ cursor }) => cursor)).size).toBe(lines.length);
    const of = (type: string) => lines.filter((line) => line.type === type).map(({ data }) => data);
    expect(of("checkout")).toHaveLength(4);
    expect(of("checkout").find(({ id }) => id === paid.id)).toMatchObject({ status: "paid", metadata: { cart: "1" } });
    expect(of("payment")).toMatchObject([{ checkout_id: paid.id, body: { status: "paid" } }]);
    const { data: events } = await answerAsServer<{ data: readonly { id: string }[] }>("GET", "events");
    expect(of("event").map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it("contains no secret, and nothing that is encrypted", async () => {
    const { secret } = await openEndpoint("/shop");
    await sell();
    const text = JSON.stringify(await exported());
    for (const hidden of [secretKeyOf("demo"), secret, await webhookSecret(), "sealed", "v2."]) {
      expect(text).not.toContain(hidden);
    }
    expect(text).not.toMatch(/access_?token|refresh_?token|"hash"/i);
  });

  it("continues after each of its lines", async () => {
    await sell();
    const lines = await exported();
    const end = lines.slice(-1);
    for (const [index, { cursor }] of lines.entries()) {
      const rest = await exported(`?after=${encodeURIComponent(cursor)}`);
      expect(rest).toEqual(index === lines.length - 1 ? end : lines.slice(index + 1));
    }
  });

  it("reads a long table in parts, between which other calls run", async () => {
    await runInDurableObject(merchantObject(), (_object, { storage }) => seedCheckouts(storage.sql, 1, 1_200));
    const serve = vi.spyOn(MerchantObject.prototype, "serve");
    const lines = await exported(`?after=settings:${Date.now()}:`);
    expect(lines.filter(({ type }) => type === "checkout")).toHaveLength(1_200);
    expect(lines.filter(({ type }) => type === "payment")).toHaveLength(1_200);
    expect(lines.at(-1)?.type).toBe("end");
    expect(serve.mock.calls.length).toBeGreaterThan(7);
  });

  it("contains each checkout once that is opened and paid meanwhile, with its events", async () => {
    await runInDurableObject(merchantObject(), (_object, { storage }) => seedCheckouts(storage.sql, 1, 1_200));
    const response = await callAsServer("GET", "export");
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    let opened: ServerCheckout | null = null;
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      text += part.value;
      if (opened !== null || !text.includes('"type":"payment"')) continue;
      opened = await openServerCheckout({ reference: "NEW-1" });
      await payCheckout(opened);
      await syncCheckout(opened);
    }
    const lines = text
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Line);
    const checkouts = lines.filter(({ type }) => type === "checkout").map(({ data }) => data["id"]);
    expect(checkouts.filter((id) => id === opened?.id)).toHaveLength(1);
    expect(new Set(checkouts).size).toBe(1_201);
    expect(lines.filter(({ type, data }) => type === "event" && data["checkout_id"] === opened?.id)).not.toEqual([]);
    const children = lines.filter(({ type }) => type === "event" || type === "payment");
    const parents = children.map(({ data }) => data["checkout_id"]).filter((id) => id !== null);
    expect(parents.filter((id) => !checkouts.includes(id))).toEqual([]);
    expect(lines.at(-1)?.type).toBe("end");
  });

  it("reads large checkouts in small parts", async () => {
    await runInDurableObject(merchantObject(), (_object, { storage }) => {
      seedCheckouts(storage.sql, 1, 40);
      storage.sql.exec("UPDATE checkouts SET intent = hex(zeroblob(200000))");
    });
    const serve = vi.spyOn(MerchantObject.prototype, "serve");
    const lines = await exported();
    expect(lines.filter(({ type }) => type === "checkout")).toHaveLength(40);
    // 400,000 characters each: three fill a part.
    expect(serve.mock.calls.length).toBeGreaterThan(13);
  });

  it.each(["none:1:", "checkout", "checkout:co_1", "event:1:x", "new_checkout:1:x", "sealed:1:x", "CHECKOUT:1:"])(
    "is rejected for the cursor %s",
    async (after) => {
      const response = await callAsServer("GET", `export?after=${after}`);
      expect(response.status).toBe(422);
      expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "after" });
    },
  );
});
