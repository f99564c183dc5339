import { createServerCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { digestOf } from "../../src/crypto/digest.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { breakOperation, control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout } from "../support/server.ts";
import { administer } from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { errorOf, openShop, secretKeyOf, SHOP, WORKER } from "../support/shop.ts";

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
  it("gives 500 simultaneous calls one link and one answer", async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, () => open("order-0001")));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("with another body is rejected before, during and after the first call", async () => {
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

  it("is rejected for another operation", async () => {
    const checkout = await open("order-0001");
    const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`, { idempotencyKey: "order-0001" });
    expect((await errorOf(refused)).code).toBe("idempotency_key_reused");
  });

  it("repeats the first answer, not the current state", async () => {
    const checkout = await open("order-0001");
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("can be used again after a failed call, and returns the same checkout", async () => {
    await breakOperation("createPaymentLink", { status: 500, times: 2 });
    expect((await callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: "order-0001" })).status).toBe(503);
    const checkout = await open("order-0001");
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("survives a crash of the Worker during the call: one checkout, one payable link", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_000, when: "after" });
    const dying = callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: "order-0001" });
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await abortAllDurableObjects();
    expect((await dying).status).toBeGreaterThanOrEqual(500);
    const checkout = await open("order-0001");
    const { data: checkouts } = await answerAsServer<{ data: readonly unknown[] }>("GET", "checkouts");
    expect(checkouts).toHaveLength(1);
    expect(await open("order-0001")).toEqual(checkout);
  });

  it("expires after 24 hours", async () => {
    const checkout = await open("order-0001");
    await control("POST", "clock", { advance_seconds: 86_401 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 86_401_000 });
    expect((await open("order-0001")).id).not.toBe(checkout.id);
  });

  it.each([
    ["", "is empty"],
    ["short", "only 5 characters"],
    ["a".repeat(256), "256 characters"],
    ["commande-é-1", "Character 10"],
    ["order-\t0001", "Character 7"],
  ])("%j is rejected with the reason", async (key, why) => {
    const response = await callAsServer("POST", "checkouts", { body: BODY, idempotencyKey: key });
    const error = await errorOf(response);
    expect(error).toMatchObject({ code: "invalid_request", param: "Idempotency-Key" });
    expect(error.message).toContain(why);
    expect(error.message).toContain("8 to 255 printable ASCII characters");
  });

  it.each([
    "order:1001/attempt 1",
    "{3fa85f64-5717-4562-b3fc-2c963f66afa6}",
    "a".repeat(255),
    "12345678",
    'W/"~!@#$%"',
  ])("%j is accepted, because shops send such keys", async (key) => {
    const checkout = await open(key);
    expect(await open(key)).toEqual(checkout);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it("marks a repeated answer with Idempotent-Replayed", async () => {
    const call = { body: BODY, idempotencyKey: "order-0001" };
    await breakOperation("createPaymentLink", { delay_ms: 200 });
    const together = await Promise.all([1, 2, 3].map(() => callAsServer("POST", "checkouts", call)));
    const headersOf = (responses: readonly Response[]) =>
      responses.map(({ headers }) => headers.get("Idempotent-Replayed"));
    expect(headersOf(together).filter((header) => header === "true")).toHaveLength(2);
    expect(headersOf(together)).toContain(null);
    const later = await callAsServer("POST", "checkouts", call);
    expect(headersOf([later])).toEqual(["true"]);
    expect(later.headers.get("Access-Control-Expose-Headers")).toBeNull();
    const { id } = await later.json<ServerCheckout>();
    const reads = [await callAsServer("GET", `checkouts/${id}`), await callAsServer("POST", `checkouts/${id}/cancel`)];
    expect(headersOf(reads)).toEqual([null, null]);
    const other = { body: { ...BODY, reference: "ORDER-2" }, idempotencyKey: "order-0001" };
    expect(headersOf([await callAsServer("POST", "checkouts", other)])).toEqual([null]);
  });

  it("lets a page of another origin read Idempotent-Replayed", async () => {
    const headers = {
      Authorization: `Bearer ${secretKeyOf("demo")}`,
      Origin: SHOP,
      "Idempotency-Key": "order-0001",
    };
    const send = () => fetchWorker(`${WORKER}/v1/checkouts`, { method: "POST", headers, body: JSON.stringify(BODY) });
    await send();
    const again = await send();
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(again.headers.get("Access-Control-Expose-Headers")).toContain("Idempotent-Replayed");
  });

  it("is stored with a fingerprint that does not depend on the names of functions, so that an update replays it", async () => {
    const merchant = { allowed_origins: [SHOP] };
    await open("order-0001");
    const changed = await administer("PATCH", "/v1/merchants/demo", merchant, { "Idempotency-Key": "origins-0001" });
    expect(changed.status).toBe(200);
    const stored = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      storage.sql
        .exec<{ fingerprint: string }>(
          "SELECT fingerprint FROM idempotency_keys WHERE key IN ('server:order-0001', 'admin:origins-0001') ORDER BY key DESC",
        )
        .toArray(),
    );
    const checkout = createServerCheckoutRequestSchema.parse(BODY);
    expect(stored.map(({ fingerprint }) => fingerprint)).toEqual([
      await digestOf(JSON.stringify(["createServerCheckout", checkout])),
      await digestOf(JSON.stringify(["changeMerchant", merchant])),
    ]);
  });

  it("of a secret key never matches one of the admin key", async () => {
    await open("admin:incident-1");
    const headers = { "Idempotency-Key": "incident-1" };
    const replaced = await administer("POST", "/v1/merchants/demo/connect_link", undefined, headers);
    expect(replaced.status).toBe(201);
    expect(replaced.headers.get("Idempotent-Replayed")).toBeNull();
    const again = await administer("POST", "/v1/merchants/demo/connect_link", undefined, headers);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(await again.json()).toEqual(await replaced.json());
  });
});
