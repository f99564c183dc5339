import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginAnew, connectMerchant } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase, ringAlarm } from "../support/object/merchant-object.ts";
import {
  askQonto,
  breakOperation,
  callsOf,
  control,
  type SandboxSubscription,
  webhookSubscriptions,
} from "../support/sandbox.ts";
import { SHOP } from "../support/shop.ts";
import { deliver, paymentLinkEvent, sign } from "../support/webhook.ts";

const HERE = "http://localhost:8787/webhooks/qonto/demo";
const DAY_MS = 86_400_000;
const TYPES = ["v1/consent-revocations", "v1/payment-links", "v1/payment-links-connections"];

beforeEach(async () => {
  await beginAnew();
  await control("PUT", "behaviour", { subscription_secret: "create_only" });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Returns the subscriptions that send to this merchant, oldest first. */
async function ours(): Promise<readonly SandboxSubscription[]> {
  return (await webhookSubscriptions()).filter(({ callback_url }) => callback_url === HERE);
}

/** Advances the clock by days, here and at Qonto, and runs the alarm. */
async function letDaysPass(days: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: days * 86_400 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * DAY_MS });
  await ringAlarm();
}

/** Delivers an event of a subscription, signed with its secret. */
async function isTaken({ id, secret }: SandboxSubscription): Promise<boolean> {
  const body = JSON.stringify({ ...paymentLinkEvent(crypto.randomUUID()), subscription_id: id });
  return (await deliver(body, await sign(body, secret))).status === 200;
}

/** Delivers an event of this subscription and waits for the alarm's work. */
async function receive(subscription: SandboxSubscription): Promise<void> {
  expect(await isTaken(subscription)).toBe(true);
  await ringAlarm();
}

async function theOnlyOne(): Promise<SandboxSubscription> {
  const found = await ours();
  expect(found).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error("no subscription exists");
  return only;
}

/** Expects exactly one subscription of ours, for every type, with a secret that the Worker accepts. */
async function expectOneGoodSubscription(): Promise<SandboxSubscription> {
  const only = await theOnlyOne();
  expect(only.types.toSorted()).toEqual(TYPES);
  expect(await isTaken(only)).toBe(true);
  return only;
}

async function connect(): Promise<SandboxSubscription> {
  await connectMerchant("demo", [SHOP]);
  return expectOneGoodSubscription();
}

describe("the webhook subscription", () => {
  it("is created with the consent, and left unchanged afterwards", async () => {
    const first = await connect();
    for (let day = 0; day < 3; day += 1) await letDaysPass(1.1);
    expect(await expectOneGoodSubscription()).toEqual(first);
    expect(await callsOf("listWebhookSubscriptions")).not.toHaveLength(1);
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("is created by the alarm if Qonto was not reachable at first", async () => {
    await breakOperation("createWebhookSubscription", { status: 500 });
    await connectMerchant("demo", [SHOP]);
    expect(await ours()).toEqual([]);
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
  });

  it("is created again if it was removed at Qonto", async () => {
    await changeAtQonto("DELETE", (await connect()).id);
    await letDaysPass(1.1);
    await expectOneGoodSubscription();
  });

  it("is complemented by another one for types that it lost at Qonto", async () => {
    const { id, callback_url, types, secret } = await connect();
    // As if Qonto kept only the first of several types.
    await changeAtQonto("PUT", id, { callback_url, types: types.slice(0, 1) });
    await letDaysPass(1.1);
    const found = await ours();
    expect(found.map((subscription) => subscription.types)).toEqual([types.slice(0, 1), types.slice(1)]);
    expect(found.map((subscription) => subscription.secret)).toEqual([secret, secret]);
    await letDaysPass(1.1);
    expect(await ours()).toEqual(found);
  });

  it("is replaced by one for each type if Qonto does not take all of them at once", async () => {
    await breakOperation("createWebhookSubscription", { status: 400 });
    await connectMerchant("demo", [SHOP]);
    expect((await ours()).map(({ types }) => types)).toEqual([
      ["v1/payment-links"],
      ["v1/payment-links-connections"],
      ["v1/consent-revocations"],
    ]);
    for (const subscription of await ours()) await receive(subscription);
    await letDaysPass(1.1);
    expect(await ours()).toHaveLength(3);
  });

  it.each([
    ["another address", { callback_url: "http://localhost:9999/elsewhere" }],
    ["another secret, if Qonto returns it", { secret: "a secret of another tool, long enough" }],
  ])("is replaced by a new one if it was changed at Qonto to %s", async (_name, change) => {
    const { id, callback_url, types } = await connect();
    await control("PUT", "behaviour", { subscription_secret: "always" });
    await changeAtQonto("PUT", id, { callback_url, types, ...change });
    await letDaysPass(1.1);
    const made = (await ours()).find((subscription) => subscription.id !== id);
    if (made === undefined) throw new Error("no new one was made");
    expect((await webhookSubscriptions()).map((subscription) => subscription.id)).toEqual([id, made.id]);
    await receive(made);
    expect((await webhookSubscriptions()).map((subscription) => subscription.id)).toEqual([made.id]);
    await expectOneGoodSubscription();
  });

  it("stays without a known secret until a delivery is verified with the new secret, and those of other tools stay", async () => {
    const other = { callback_url: "https://other.example/hooks", types: ["v1/payment-links"] };
    for (let count = 0; count < 101; count += 1) await createAtQonto(other);
    const lost = { callback_url: HERE, types: ["v1/payment-links"], secret: "a secret that this Worker has lost" };
    await createAtQonto(lost);
    await createAtQonto(lost);
    await connectMerchant("demo", [SHOP]);
    expect(await ours()).toHaveLength(3);
    await letDaysPass(1.1);
    const [first, second, made] = await ours();
    if (first === undefined || second === undefined || made === undefined) throw new Error("one is missing");
    expect(await isTaken(first)).toBe(false);
    await receive(made);
    expect((await expectOneGoodSubscription()).id).toBe(made.id);
    expect(await webhookSubscriptions()).toHaveLength(102);
  });

  it("is not duplicated if the answer to its creation was lost", async () => {
    await breakOperation("createWebhookSubscription", { drop: true, when: "after" });
    await connectMerchant("demo", [SHOP]);
    const lost = await theOnlyOne();
    expect(await isTaken(lost)).toBe(true);
    await letDaysPass(0.01);
    expect(await expectOneGoodSubscription()).toEqual(lost);
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("is not duplicated if the Worker died during its creation", async () => {
    await breakOperation("createWebhookSubscription", { delay_ms: 1_000, when: "after" });
    const dying = connectMerchant("demo", [SHOP]).catch(() => null);
    await eventually(async () => expect(await ours()).toHaveLength(1));
    await abortAllDurableObjects();
    await dying;
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("follows the Worker to another address, and the previous one is deleted once webhooks arrive at the new one", async () => {
    const { id } = await connect();
    const before = "http://localhost:9999/webhooks/qonto/demo";
    await changeAtQonto("PUT", id, { callback_url: before, types: ["v1/payment-links"] });
    await changeDatabase((storage) => {
      const due = JSON.stringify({ at: Date.now() + DAY_MS, callbackUrl: before });
      storage.sql.exec("UPDATE settings SET value = ? WHERE name = 'subscription_due'", due);
      return storage.setAlarm(Date.now() + DAY_MS);
    });
    await ringAlarm();
    const made = await theOnlyOne();
    expect(await webhookSubscriptions()).toHaveLength(2);
    await receive(made);
    expect(await webhookSubscriptions()).toEqual([made]);
  });
});

describe("the secret of webhooks", () => {
  it.each(["accept", "ignore", "reject"])(
    "is rotated after 90 days with a new subscription, if a PUT would %s it: both are accepted until a delivery verifies the new one",
    async (subscription_put_secret) => {
      await control("PUT", "behaviour", { subscription_put_secret });
      const before = await connect();
      for (const days of [29, 29, 31]) await letDaysPass(days);
      expect(await expectOneGoodSubscription()).toEqual(before);
      await letDaysPass(1.5);
      const [stays, made] = await ours();
      expect(stays).toEqual(before);
      if (made === undefined) throw new Error("no new one was made");
      expect(made.secret).not.toBe(before.secret);
      for (const days of [4, 10]) {
        await letDaysPass(days);
        expect(await isTaken(before)).toBe(true);
        expect(await ours()).toHaveLength(2);
      }
      await receive(made);
      expect(await expectOneGoodSubscription()).toEqual(made);
      await letDaysPass(3.9);
      expect(await isTaken(before)).toBe(true);
      await letDaysPass(0.2);
      expect(await isTaken(before)).toBe(false);
      expect(await expectOneGoodSubscription()).toEqual(made);
      expect(await callsOf("updateWebhookSubscription")).toEqual([]);
    },
  );

  it("is accepted before and after Qonto uses it, regardless of the delay", async () => {
    const before = await connect();
    for (const days of [29, 29]) await letDaysPass(days);
    await breakOperation("createWebhookSubscription", { status: 500, times: 0 });
    for (const days of [29, 4, 4]) await letDaysPass(days);
    expect(await ours()).toEqual([before]);
    expect(await isTaken(before)).toBe(true);
    await control("DELETE", "faults");
    await letDaysPass(0.01);
    const [stays, made] = await ours();
    expect(stays).toEqual(before);
    expect(await isTaken(before)).toBe(true);
    if (made === undefined) throw new Error("no new one was made");
    await receive(made);
    expect(await ours()).toEqual([made]);
  });

  it("is replaced together with the key that encrypts it", async () => {
    const before = await connect();
    await changeDatabase(({ sql }) => {
      const { value } = sql.exec<{ value: string }>("SELECT value FROM settings WHERE name = 'webhook_secrets'").one();
      // Names another key than the present one, as after a rotation of `VAULT_KEY`.
      sql.exec(
        "UPDATE settings SET value = ? WHERE name = 'webhook_secrets'",
        value.replace(/v2\.[^.]+\./, "v2.before."),
      );
    });
    await letDaysPass(1.1);
    const made = (await ours()).at(-1);
    expect(made?.secret).not.toBe(before.secret);
    if (made !== undefined) await receive(made);
    expect((await expectOneGoodSubscription()).secret).not.toBe(before.secret);
  });
});

function createAtQonto(body: unknown): Promise<unknown> {
  return askQonto("/v2/webhook_subscriptions", { method: "POST", body });
}

function changeAtQonto(method: string, id: string, body?: unknown): Promise<unknown> {
  return askQonto(`/v2/webhook_subscriptions/${id}`, { method, body });
}
