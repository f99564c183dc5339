import { afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { type CreateCheckout, QontoPay, QontoPayConnectionError, QontoPayError } from "../../src/index.ts";
import { CHECKOUT, POSTER } from "../setup/bodies.ts";
import { type Merchant, newMerchant } from "../setup/merchant.ts";
import { control } from "../setup/sandbox.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await newMerchant();
});

it("the tests run in the runtime that the project names", () => {
  expect(navigator.userAgent).toContain(inject("runtime"));
});

describe("a rejected call", () => {
  it("has the type, the code, the status, the field, the URL of its page and the request id", async () => {
    const price = { value: "9.999", currency: "EUR" };
    const refused = merchant.qontoPay.checkouts.create({ items: [{ ...POSTER, price }] });
    await expect(refused).rejects.toBeInstanceOf(QontoPayError);
    await expect(refused).rejects.toMatchObject({
      name: "QontoPayError",
      type: "invalid_request_error",
      code: "invalid_request",
      status: 422,
      docUrl: `${inject("workerUrl")}/docs/errors#invalid_request`,
      param: "items[0].price.value",
      requestId: expect.stringMatching(/^req_/),
      message: "The field items[0].price.value must be a decimal string with 2 decimal places at most.",
    });
  });

  it("has status 401 with an unknown key, and 404 for a checkout of another merchant", async () => {
    const { id } = await merchant.qontoPay.checkouts.create(CHECKOUT);
    const stranger = await newMerchant();
    await expect(stranger.qontoPay.checkouts.get(id)).rejects.toMatchObject({
      code: "checkout_not_found",
      status: 404,
    });
    const endpoint = inject("workerUrl");
    const unknownKey = new QontoPay({ secretKey: `${merchant.secretKey.slice(0, -4)}0000`, endpoint });
    await expect(unknownKey.checkouts.list()).rejects.toMatchObject({ code: "invalid_key", status: 401 });
    const live = new QontoPay({ secretKey: merchant.secretKey.replace("sandbox", "live"), endpoint });
    await expect(live.checkouts.list()).rejects.toMatchObject({ code: "key_environment_mismatch", status: 401 });
  });

  it.each(["../keys", "a/b", "?limit=1", "#", "%2e%2e", "é"])("stays at its path with the id %j", async (id) => {
    await expect(merchant.qontoPay.checkouts.get(id)).rejects.toMatchObject({ code: "checkout_not_found" });
  });

  it.each(["", ".", ".."])("is not sent with the id %j, which would change the path", async (id) => {
    await expect(merchant.qontoPay.checkouts.get(id)).rejects.toThrow(TypeError);
    await expect(merchant.qontoPay.products.delete(id)).rejects.toThrow(TypeError);
  });
});

describe("Idempotency-Key", () => {
  it("returns the same response for the same body, and 409 for another", async () => {
    const { checkouts } = merchant.qontoPay;
    const idempotencyKey = "order-0001";
    const first = await checkouts.create(CHECKOUT, { idempotencyKey });
    expect(await checkouts.create(CHECKOUT, { idempotencyKey })).toEqual(first);
    const other: CreateCheckout = { items: [{ ...POSTER, quantity: 2 }] };
    await expect(checkouts.create(other, { idempotencyKey })).rejects.toMatchObject({
      code: "idempotency_key_reused",
      status: 409,
      param: "Idempotency-Key",
    });
    expect((await checkouts.create(CHECKOUT)).id).not.toBe(first.id);
  });

  it("is rejected before the request is sent if it is malformed", async () => {
    const saved = merchant.qontoPay.keys.create({ idempotencyKey: "a b\r\nX: y" });
    await expect(saved).rejects.toThrow(TypeError);
  });
});

describe("a call during a temporary error of the Worker", () => {
  // After a 429 of Qonto, the Worker pauses for all merchants. Then Qonto can be connected again.
  afterEach(async () => {
    const connects = (): Promise<boolean> =>
      newMerchant().then(
        () => true,
        () => false,
      );
    await expect.poll(connects, { interval: 500, timeout: 60_000 }).toBe(true);
  });

  it("is repeated with its Idempotency-Key, and opens one checkout", async () => {
    const { qontoPay } = await newMerchant();
    await control("POST", "faults", { operation: "createPaymentLink", status: 429, headers: { "Retry-After": "1" } });
    const begun = performance.now();
    const { id } = await qontoPay.checkouts.create({ ...CHECKOUT, reference: "BUSY" });
    expect(performance.now() - begun).toBeGreaterThan(995);
    const { data: checkouts } = await qontoPay.checkouts.list({ reference: "BUSY" });
    expect(checkouts).toMatchObject([{ id, status: "open" }]);
  });

  it("rejects with `retryAfter` if maxRetries is 0", async () => {
    const { qontoPay } = await newMerchant({ maxRetries: 0 });
    await control("POST", "faults", { operation: "createPaymentLink", status: 429, headers: { "Retry-After": "3" } });
    await expect(qontoPay.checkouts.create(CHECKOUT)).rejects.toMatchObject({
      code: "qonto_rate_limited",
      status: 503,
      retryAfter: 3,
    });
  });
});

describe("a call without a response", () => {
  it("rejects with QontoPayConnectionError and the reason", async () => {
    const { qontoPay } = await newMerchant({ timeoutMs: 200, maxRetries: 0 });
    await control("POST", "faults", { operation: "listPaymentMethods", delay_ms: 1000 });
    const call = qontoPay.paymentMethods.list();
    await expect(call).rejects.toBeInstanceOf(QontoPayConnectionError);
    await expect(call).rejects.toMatchObject({ name: "QontoPayConnectionError", reason: "timeout" });
  });
});
