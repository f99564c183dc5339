import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginAnew, connectMerchant } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject, ringAlarm } from "../support/merchant-object.ts";
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

/** Those that send to this merchant, oldest first. */
async function ours(): Promise<readonly SandboxSubscription[]> {
  return (await webhookSubscriptions()).filter(({ callback_url }) => callback_url === HERE);
}

/** Days later, here and at Qonto, with the alarm that rings by then. */
async function letDaysPass(days: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: days * 86_400 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * DAY_MS });
  await ringAlarm();
}

/** Delivers an event for a subscription, signed with its secret. */
async function isTaken({ id, secret }: SandboxSubscription): Promise<boolean> {
  const body = JSON.stringify({ ...paymentLinkEvent(crypto.randomUUID()), subscription_id: id });
  return (await deliver(body, await sign(body, secret))).status === 200;
}

/** A delivery of this subscription comes in, and the alarm has done what follows. */
async function receive(subscription: SandboxSubscription): Promise<void> {
  expect(await isTaken(subscription)).toBe(true);
  await ringAlarm();
}

async function theOnlyOne(): Promise<SandboxSubscription> {
  const found = await ours();
  expect(found).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error("there is none");
  return only;
}

/** Exactly one subscription of ours, of every type, with a secret that the Worker takes. */
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
  it("is made with the consent, and left alone afterwards", async () => {
    const first = await connect();
    for (let day = 0; day < 3; day += 1) await letDaysPass(1.1);
    expect(await expectOneGoodSubscription()).toEqual(first);
    expect(await callsOf("listWebhookSubscriptions")).not.toHaveLength(1);
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("is made by the alarm where Qonto could not be asked at first", async () => {
    await breakOperation("createWebhookSubscription", { status: 500 });
    await connectMerchant("demo", [SHOP]);
    expect(await ours()).toEqual([]);
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
  });

  it("that was removed at Qonto is made again", async () => {
    await changeAtQonto("DELETE", (await connect()).id);
    await letDaysPass(1.1);
    await expectOneGoodSubscription();
  });

  it("that lost types at Qonto gets another one for them beside it", async () => {
    const { id, callback_url, types, secret } = await connect();
    // As where Qonto keeps only the first type of several.
    await changeAtQonto("PUT", id, { callback_url, types: types.slice(0, 1) });
    await letDaysPass(1.1);
    const found = await ours();
    expect(found.map((subscription) => subscription.types)).toEqual([types.slice(0, 1), types.slice(1)]);
    expect(found.map((subscription) => subscription.secret)).toEqual([secret, secret]);
    await letDaysPass(1.1);
    expect(await ours()).toEqual(found);
  });

  it("is one for each type where Qonto does not take all of them at once", async () => {
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
    ["another secret, where Qonto tells it", { secret: "a secret of somebody else's, long enough" }],
  ])("that was changed at Qonto to %s is replaced by a new one", async (_name, change) => {
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

  it("that was found without its secret stays until a delivery was verified with the new one's, and others' stay for ever", async () => {
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

  it("is one although the answer to making it was lost", async () => {
    await breakOperation("createWebhookSubscription", { drop: true, when: "after" });
    await connectMerchant("demo", [SHOP]);
    const lost = await theOnlyOne();
    expect(await isTaken(lost)).toBe(true);
    await letDaysPass(0.01);
    expect(await expectOneGoodSubscription()).toEqual(lost);
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("is one although the Worker died while it was made", async () => {
    await breakOperation("createWebhookSubscription", { delay_ms: 1_000, when: "after" });
    const dying = connectMerchant("demo", [SHOP]).catch(() => null);
    await eventually(async () => expect(await ours()).toHaveLength(1));
    await abortAllDurableObjects();
    await dying;
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("follows the Worker to another address, and the one before goes once webhooks come to the new one", async () => {
    const { id } = await connect();
    const before = "http://localhost:9999/webhooks/qonto/demo";
    await changeAtQonto("PUT", id, { callback_url: before, types: ["v1/payment-links"] });
    await runInDurableObject(merchantObject(), (_object, state) => {
      const due = JSON.stringify({ at: Date.now() + DAY_MS, callbackUrl: before });
      state.storage.sql.exec("UPDATE settings SET value = ? WHERE name = 'subscription_due'", due);
      return state.storage.setAlarm(Date.now() + DAY_MS);
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
    "is replaced after 90 days by a new subscription, where a PUT would %s it: both are taken, until a delivery fits the new one",
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

  it("is taken before and after Qonto takes it over, however long that takes", async () => {
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

  it("is replaced with the key that seals it", async () => {
    const before = await connect();
    await runInDurableObject(merchantObject(), (_object, state) => {
      const { sql } = state.storage;
      const { value } = sql.exec<{ value: string }>("SELECT value FROM settings WHERE name = 'webhook_secrets'").one();
      // Its name is no longer that of the present key, as after `VAULT_KEY` was replaced.
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
