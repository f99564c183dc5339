import { walkOnboarding } from "@qonto-pay/local-stack/onboarding/walk-onboarding.ts";
import { describe, expect, inject, it } from "vitest";
import { QontoPay, QontoPayError } from "../../src/index.ts";
import { newAdmin } from "../setup/admin.ts";
import { newMerchant, newName, SHOP } from "../setup/merchant.ts";

const { merchants } = newAdmin();

function serverOf(secretKey: string): QontoPay {
  return new QontoPay({ secretKey, endpoint: inject("workerUrl") });
}

const DAY_MS = 86_400_000;

describe("a merchant", () => {
  it("is created with keys that work at once, and a link to connect Qonto", async () => {
    const name = newName();
    const made = await merchants.create({ name, allowed_origins: [SHOP] });
    expect(made).toMatchObject({ merchant: name, publishable_key: `pk_sandbox_${name}` });
    const { connection, keys } = serverOf(made.secret_key);
    expect((await keys.list()).data).toMatchObject([{ ends_with: made.secret_key.slice(-4) }]);
    await walkOnboarding(made.connect_url);
    expect(await connection.get()).toMatchObject({ status: "enabled" });
  });

  it("is created once for one Idempotency-Key, and its keys are returned again until they are replaced", async () => {
    const request = { name: newName(), allowed_origins: [SHOP] };
    const options = { idempotencyKey: crypto.randomUUID() };
    const { connect_url, ...made } = await merchants.create(request, options);
    const { connect_url: another, ...again } = await merchants.create(request, options);
    expect(again).toEqual(made);
    expect(another).not.toBe(connect_url);
    await expect(merchants.create(request)).rejects.toMatchObject({ code: "merchant_exists", status: 409 });
    await merchants.replaceKeys(request.name);
    await expect(merchants.create(request, options)).rejects.toMatchObject({ code: "merchant_exists" });
  });

  it("is listed, and its diagnostics are read", async () => {
    const { name } = await newMerchant();
    const { data } = await merchants.list({ after: name.slice(0, -1), limit: 100 });
    expect(data.map(({ merchant }) => merchant)).toContain(name);
    expect((await merchants.diagnostics(name)).checks.length).toBeGreaterThan(10);
  });

  it("is updated", async () => {
    const { name } = await newMerchant();
    const allowed_origins = ["https://new.example"];
    const retention = { unpaid_days: 90, payments_days: 3653 };
    expect(await merchants.update(name, { allowed_origins, retention: { unpaid_days: 90 } })).toEqual({
      merchant: name,
      allowed_origins,
      retention,
    });
  });

  it("gets new keys, which revoke the old ones", async () => {
    const { name, secretKey, qontoPay } = await newMerchant();
    const second = await qontoPay.keys.create();
    const { secret_key, ...info } = await merchants.replaceKeys(name);
    for (const ended of [secretKey, second.secret_key]) {
      await expect(serverOf(ended).keys.list()).rejects.toMatchObject({ code: "invalid_key", status: 401 });
    }
    expect(await serverOf(secret_key).keys.list()).toEqual({ data: [info], has_more: false });
  });

  it("is disconnected repeatedly, and connects again with a new link", async () => {
    const { name, qontoPay } = await newMerchant();
    const disconnected = { merchant: name, disconnected: true, consent_revoked: true };
    expect(await merchants.disconnect(name)).toEqual(disconnected);
    expect(await merchants.disconnect(name)).toEqual(disconnected);
    await expect(qontoPay.connection.get()).rejects.toMatchObject({ code: "merchant_not_connected" });
    const { connect_url, expires_at } = await merchants.createConnectLink(name);
    expect((Date.parse(expires_at) - Date.now()) / DAY_MS).toBeCloseTo(7, 2);
    await walkOnboarding(connect_url);
    expect(await qontoPay.connection.get()).toMatchObject({ status: "enabled" });
  });
});

describe("a rejected call with an admin key", () => {
  it("has the code, the status, the field and the request id", async () => {
    const refused = merchants.create({ name: newName(), allowed_origins: ["http://shop.example"] });
    await expect(refused).rejects.toBeInstanceOf(QontoPayError);
    await expect(refused).rejects.toMatchObject({
      code: "invalid_request",
      status: 422,
      param: "allowed_origins[0]",
      requestId: expect.stringMatching(/^req_/),
    });
  });

  it("has status 401 with another key, whether or not the merchant exists", async () => {
    const stranger = newAdmin({ adminKey: "local-only-".repeat(3) });
    const { name } = await newMerchant();
    for (const merchant of [name, newName()]) {
      await expect(stranger.merchants.replaceKeys(merchant)).rejects.toMatchObject({
        code: "invalid_key",
        status: 401,
      });
    }
  });

  it.each(["not-there", "../merchants", "a/b", "?x=1", "%2e%2e"])(
    "has status 404 for the unknown merchant %j",
    async (merchant) => {
      const calls = [
        () => merchants.update(merchant, { allowed_origins: [] }),
        () => merchants.createConnectLink(merchant),
        () => merchants.replaceKeys(merchant),
        () => merchants.disconnect(merchant),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "merchant_not_found", status: 404 });
    },
  );

  it.each(["", ".", ".."])("is not sent for the name %j, which would change the path", async (merchant) => {
    await expect(merchants.replaceKeys(merchant)).rejects.toThrow(TypeError);
    await expect(merchants.disconnect(merchant)).rejects.toThrow(TypeError);
  });
});
