import { beforeEach, describe, expect, it } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { linksAtQonto } from "../support/sandbox.ts";
import { errorOf, KEY, openShop, pay, SHOP, WORKER } from "../support/shop.ts";

beforeEach(openShop);

const mug = { publishable_key: KEY, product: "mug" };

describe("bad input to the pay call", () => {
  it.each([
    ["an unknown product", { publishable_key: KEY, product: "car" }, 404, "product_not_found", "product"],
    ["quantity 0", { ...mug, quantity: 0 }, 422, "quantity_out_of_range", "quantity"],
    ["quantity -1", { ...mug, quantity: -1 }, 422, "quantity_out_of_range", "quantity"],
    ["quantity 1e9", { ...mug, quantity: 1e9 }, 422, "quantity_out_of_range", "quantity"],
    ["quantity 1.5", { ...mug, quantity: 1.5 }, 422, "quantity_out_of_range", "quantity"],
    ["quantity as text", { ...mug, quantity: "2" }, 422, "invalid_request", "quantity"],
    ["an amount for a priced product", { ...mug, amount: "0.01" }, 422, "amount_out_of_range", "amount"],
    ["a price", { ...mug, price: "0.01" }, 422, "invalid_request", "price"],
    [
      "an open amount too small",
      { publishable_key: KEY, product: "donation", amount: "0.99" },
      422,
      "amount_out_of_range",
      "amount",
    ],
    [
      "an open amount too large",
      { publishable_key: KEY, product: "donation", amount: "500.01" },
      422,
      "amount_out_of_range",
      "amount",
    ],
    [
      "an open amount with an exponent",
      { publishable_key: KEY, product: "donation", amount: "1e2" },
      422,
      "amount_out_of_range",
      "amount",
    ],
    [
      "an open amount with a comma",
      { publishable_key: KEY, product: "donation", amount: "5,00" },
      422,
      "amount_out_of_range",
      "amount",
    ],
    [
      "an open amount in tenths of a cent",
      { publishable_key: KEY, product: "donation", amount: "5.001" },
      422,
      "amount_out_of_range",
      "amount",
    ],
    ["no open amount", { publishable_key: KEY, product: "donation" }, 422, "amount_out_of_range", "amount"],
    ["no key", { product: "mug" }, 422, "invalid_request", "publishable_key"],
    ["a malformed key", { publishable_key: "mug", product: "mug" }, 401, "invalid_key", "publishable_key"],
    [
      "a secret key",
      { publishable_key: "sk_sandbox_demo_12345678", product: "mug" },
      401,
      "invalid_key",
      "publishable_key",
    ],
    ["the key of no merchant", { publishable_key: "pk_sandbox_nobody", product: "mug" }, 401, "invalid_key", undefined],
    [
      "a live key",
      { publishable_key: "pk_live_demo", product: "mug" },
      401,
      "key_environment_mismatch",
      "publishable_key",
    ],
    ["an attempt id with a space", { ...mug, attempt_id: "attempt 0001" }, 422, "invalid_request", "attempt_id"],
    ["a reference of 65 characters", { ...mug, reference: "r".repeat(65) }, 422, "invalid_request", "reference"],
    ["not an object", [], 422, "invalid_request", undefined],
  ])("%s", async (_name, body, status, code, param) => {
    const response = await pay(body);
    const error = await errorOf(response);
    expect({ status: response.status, code: error.code, param: error.param }).toEqual({ status, code, param });
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(SHOP);
    expect(error.request_id).toBe(response.headers.get("X-Request-Id"));
    expect(error.message).toMatch(/^[A-Z].*\.$/);
    expect(await linksAtQonto()).toHaveLength(0);
  });

  it.each([
    ["not JSON", "publishable_key=pk_sandbox_demo", 400, "invalid_json"],
    ["nothing", "", 400, "invalid_json"],
    ["over 16 KB", JSON.stringify({ ...mug, reference: "r".repeat(17_000) }), 413, "body_too_large"],
  ])("%s", async (_name, text, status, code) => {
    const response = await pay(null, { text });
    expect(response.status).toBe(status);
    expect((await errorOf(response)).code).toBe(code);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe(SHOP);
  });

  it("over 16 KB without a Content-Length is rejected", async () => {
    const chunk = new TextEncoder().encode(" ".repeat(4096));
    const body = new ReadableStream({
      start(controller) {
        for (let sent = 0; sent < 5; sent += 1) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await fetchWorker(`${WORKER}/v1/checkouts`, { method: "POST", headers: { Origin: SHOP }, body });
    expect(response.status).toBe(413);
  });
});

describe("other addresses", () => {
  it.each([
    ["GET", "/nowhere", 404, "not_found"],
    ["DELETE", "/v1/checkouts", 405, "method_not_allowed"],
    ["GET", "/v1/checkouts/co_1/status", 404, "checkout_not_found"],
    ["GET", "/v1/checkouts/co_1/status?token=demo.AAAA", 404, "checkout_not_found"],
    ["GET", "/v1/prices", 405, "method_not_allowed"],
    ["POST", "/webhooks/qonto/unknown", 401, "invalid_signature"],
    ["POST", "/webhooks/qonto/%2e%2e", 404, "not_found"],
    ["PUT", "/v1/merchants", 405, "method_not_allowed"],
  ])("%s %s answers %i %s", async (method, path, status, code) => {
    const response = await fetchWorker(`${WORKER}${path}`, { method, headers: { Origin: SHOP } });
    expect({ status: response.status, code: (await errorOf(response)).code }).toEqual({ status, code });
  });
});
