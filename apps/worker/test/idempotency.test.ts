import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "./support/eventually.ts";
import { breakOperation, control, linksAtQonto } from "./support/sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout } from "./support/server.ts";
import { errorOf, openShop } from "./support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const BODY = {
  items: [
    {
      title: "Poster",
      quantity: 1,
      price: { value: "12.00", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
  ],
};

function open(idempotencyKey: string, body: unknown = BODY): Promise<ServerCheckout> {
  return answerAsServer("POST", "checkouts", { body, idempotencyKey });
}

describe("an Idempotency-Key", () => {
  it("gets 500 calls at once one link and one answer", async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => open("order-0001")));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("with another body is refused, before, during and after the first call", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 400 });
    const first = open("order-0001");
    const other = { ...BODY, reference: "ORDER-2" };
    const during = await callAsServer("POST", "checkouts", { body: other, idempotencyKey: "order-0001" });
    await first;
    const after = await callAsServer("POST", "checkouts", { body: other, idempotencyKey: "order-0001" });
    for (const refused of [during, after]) {
      expect(refused.status).toBe(409);
      expect(await errorOf(refused)).toMatchObject({ code: "idempotency_key_reused", param: "Idempotency-Key" });
    }
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("of one call is not that of another", async () => {
    const checkout = await open("order-0001");
    const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`, { idempotencyKey: "order-0001" });
    expect((await errorOf(refused)).code).toBe("idempotency_key_reused");
  });

  it("gets what was answered, not what has become of it", async () => {
    const checkout = await open("order-0001");
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("may be used again where the first call failed, and gets the same checkout", async () => {
    await breakOperation("createPaymentLink", { status: 500, times: 2 });
    expect((await callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: "order-0001" })).status).toBe(503);
    const checkout = await open("order-0001");
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("survives a crash of the Worker in the middle: one checkout, one payable link", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_000, when: "after" });
    const dying = callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: "order-0001" });
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await abortAllDurableObjects();
    expect((await dying).status).toBeGreaterThanOrEqual(500);
    const checkout = await open("order-0001");
    const { checkouts } = await answerAsServer<{ checkouts: readonly unknown[] }>("GET", "checkouts");
    expect(checkouts).toHaveLength(1);
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("is forgotten after 24 hours", async () => {
    const checkout = await open("order-0001");
    await control("POST", "clock", { advance_seconds: 86_401 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_401_000 });
    expect((await open("order-0001")).id).not.toBe(checkout.id);
  });

  it.each(["", "short", "a".repeat(65), "with space 1"])("%j is refused by its name", async (key) => {
    const response = await callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: key });
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "Idempotency-Key" });
  });
});
