import { beforeAll, describe, expect, inject, it } from "vitest";
import { type CreateCheckout, QontoPay, QontoPayConnectionError, QontoPayError } from "../../src/index.ts";
import { CHECKOUT, POSTER } from "../setup/bodies.ts";
import { type Merchant, newMerchant } from "../setup/merchant.ts";
import { control } from "../setup/sandbox.ts";

let merchant: Merchant;
beforeAll(async () => {
  merchant = await newMerchant();
});

it("runs where it says", () => {
  expect(navigator.userAgent).toContain(inject("runtime"));
});

describe("a refused call", () => {
  it("tells the type, the code, the status, the field, the page about it and the id of the request", async () => {
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

  it("of another merchant's key is 401, and finds nothing of this one's", async () => {
    const { id } = await merchant.qontoPay.checkouts.create(CHECKOUT);
    const stranger = await newMerchant();
    await expect(stranger.qontoPay.checkouts.get(id)).rejects.toMatchObject({
      code: "checkout_not_found",
      status: 404,
    });
    const endpoint = inject("workerUrl");
    const nobody = new QontoPay({ secretKey: `${merchant.secretKey.slice(0, -4)}0000`, endpoint });
    await expect(nobody.checkouts.list()).rejects.toMatchObject({ code: "invalid_key", status: 401 });
    const live = new QontoPay({ secretKey: merchant.secretKey.replace("sandbox", "live"), endpoint });
    await expect(live.checkouts.list()).rejects.toMatchObject({ code: "key_environment_mismatch", status: 401 });
  });

  it.each(["../keys", "a/b", "?limit=1", "#", "%2e%2e", "é"])("stays at its address with the id %j", async (id) => {
    await expect(merchant.qontoPay.checkouts.get(id)).rejects.toMatchObject({ code: "checkout_not_found" });
  });

  it.each(["", ".", ".."])("is not sent with the id %j, which would lead elsewhere", async (id) => {
    await expect(merchant.qontoPay.checkouts.get(id)).rejects.toThrow(TypeError);
    await expect(merchant.qontoPay.products.delete(id)).rejects.toThrow(TypeError);
  });
});

describe("Idempotency-Key", () => {
  it("gives the same answer for the same body, and 409 for another", async () => {
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

  it("is refused before anything is sent where it can't be one", async () => {
    const saved = merchant.qontoPay.keys.create({ idempotencyKey: "a b\r\nX: y" });
    await expect(saved).rejects.toThrow(TypeError);
  });
});

describe("a call that the Worker could not carry out for a moment", () => {
  it("is made again under its key, and leaves one checkout", async () => {
    const { qontoPay } = await newMerchant();
    await control("POST", "faults", { operation: "createPaymentLink", status: 429, headers: { "Retry-After": "1" } });
    const begun = performance.now();
    const { id } = await qontoPay.checkouts.create({ ...CHECKOUT, reference: "BUSY" });
    expect(performance.now() - begun).toBeGreaterThan(995);
    const { data: checkouts } = await qontoPay.checkouts.list({ reference: "BUSY" });
    expect(checkouts).toMatchObject([{ id, status: "open" }]);
  });

  it("tells when it may work, where it is not to be made again", async () => {
    const { qontoPay } = await newMerchant({ maxRetries: 0 });
    await control("POST", "faults", { operation: "createPaymentLink", status: 429, headers: { "Retry-After": "7" } });
    await expect(qontoPay.checkouts.create(CHECKOUT)).rejects.toMatchObject({
      code: "qonto_rate_limited",
      status: 503,
      retryAfter: 7,
    });
  });
});

describe("a call without an answer", () => {
  it("says so, and why", async () => {
    const { qontoPay } = await newMerchant({ timeoutMs: 200, maxRetries: 0 });
    await control("POST", "faults", { operation: "listPaymentMethods", delay_ms: 1000 });
    const call = qontoPay.paymentMethods.list();
    await expect(call).rejects.toBeInstanceOf(QontoPayConnectionError);
    await expect(call).rejects.toMatchObject({ name: "QontoPayConnectionError", reason: "timeout" });
  });
});
