import { beforeAll, expect, it, vi } from "vitest";
import type { QontoPay } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { newMerchant } from "../setup/merchant.ts";

/** No server listens there, so deliveries to it fail. */
const URL_OF_NOBODY = "http://localhost:9/webhooks";

let qontoPay: QontoPay;
beforeAll(async () => {
  ({ qontoPay } = await newMerchant());
});

it("webhook endpoints are created, read, listed, updated and deleted", async () => {
  const { secret, ...endpoint } = await qontoPay.webhookEndpoints.create({ url: URL_OF_NOBODY, description: "Orders" });
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(await qontoPay.webhookEndpoints.get(endpoint.id)).toEqual(endpoint);
  expect((await qontoPay.webhookEndpoints.list()).data).toEqual([endpoint]);
  const changed = await qontoPay.webhookEndpoints.update(endpoint.id, {
    enabled: false,
    event_types: ["checkout.paid"],
  });
  expect(changed).toEqual({ ...endpoint, enabled: false, event_types: ["checkout.paid"] });
  expect((await qontoPay.webhookEndpoints.rotateSecret(endpoint.id)).secret).not.toBe(secret);
  expect(await qontoPay.webhookEndpoints.delete(endpoint.id)).toBeUndefined();
  expect((await qontoPay.webhookEndpoints.list()).data).toEqual([]);
});

it("the same Idempotency-Key creates one webhook endpoint and returns its secret again", async () => {
  const options = { idempotencyKey: crypto.randomUUID() };
  const made = await qontoPay.webhookEndpoints.create({ url: URL_OF_NOBODY }, options);
  expect(await qontoPay.webhookEndpoints.create({ url: URL_OF_NOBODY }, options)).toEqual(made);
  const rotation = { idempotencyKey: crypto.randomUUID() };
  const rotated = await qontoPay.webhookEndpoints.rotateSecret(made.id, rotation);
  expect(await qontoPay.webhookEndpoints.rotateSecret(made.id, rotation)).toEqual(rotated);
  await qontoPay.webhookEndpoints.delete(made.id);
});

it("deliveries are listed and replayed, one or all since a time", async () => {
  const { id, created_at } = await qontoPay.webhookEndpoints.create({ url: URL_OF_NOBODY });
  for (const _ of [1, 2]) await qontoPay.checkouts.cancel((await qontoPay.checkouts.create(CHECKOUT)).id);
  const all = [];
  await vi.waitFor(async () => {
    expect((await qontoPay.webhookEndpoints.deliveries(id)).data).toHaveLength(2);
  }, 30_000);
  for await (const delivery of qontoPay.webhookEndpoints.deliveries(id, { limit: 1 })) all.push(delivery);
  expect(all).toMatchObject([{ event_type: "checkout.canceled" }, { event_type: "checkout.canceled" }]);
  const [first] = all;
  expect((await qontoPay.webhookEndpoints.deliveries(id, { status: "pending", limit: 1 })).has_more).toBe(true);
  const replayed = await qontoPay.webhookEndpoints.replayDelivery(id, first?.id ?? "");
  expect(replayed).toMatchObject({ id: first?.id, status: "pending" });
  expect(await qontoPay.webhookEndpoints.replay(id, { since: created_at })).toEqual({ replayed: expect.any(Number) });
});
