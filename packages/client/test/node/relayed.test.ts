import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type MerchantEvent, verifyWebhook } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { type Merchant, newMerchant } from "../setup/merchant.ts";
import { payAtQonto } from "../setup/sandbox.ts";
import { answer, ScriptedServer } from "../setup/scripted-server.ts";

let merchant: Merchant;
let shop: ScriptedServer;
beforeAll(async () => {
  shop = await ScriptedServer.start(answer(204, ""));
  merchant = await newMerchant();
});
afterAll(() => shop.close());

/** Verifies and returns the webhooks that the shop received. */
async function received(secrets: string | readonly string[]): Promise<readonly MerchantEvent[]> {
  return Promise.all(shop.requests.map(({ body, headers }) => verifyWebhook(body, headers, secrets)));
}

it("a webhook of the Worker is verified with each active secret and equals the event in the list", async () => {
  const { webhookEndpoints, checkouts, events } = merchant.qontoPay;
  const url = `${shop.url}/webhooks`;
  const { id, secret } = await webhookEndpoints.create({ url, event_types: ["checkout.paid"] });
  const { id: checkoutId, payment_link } = await checkouts.create({ ...CHECKOUT, reference: "ORDER-1" });
  await payAtQonto(payment_link?.id ?? "");
  await vi.waitFor(async () => expect(await received(secret)).toHaveLength(1), 30_000);
  const [event] = await received(secret);
  expect(event).toMatchObject({ type: "checkout.paid", data: { checkout: { id: checkoutId, reference: "ORDER-1" } } });
  expect((await events.list()).data).toContainEqual(event);

  const { secret: next } = await webhookEndpoints.rotateSecret(id);
  const second = await checkouts.create(CHECKOUT);
  await payAtQonto(second.payment_link?.id ?? "");
  await vi.waitFor(() => expect(shop.requests).toHaveLength(2), 30_000);
  const last = shop.requests.at(-1);
  for (const either of [secret, next]) {
    expect(await verifyWebhook(last?.body ?? "", last?.headers ?? {}, either)).toMatchObject({ type: "checkout.paid" });
  }
});
