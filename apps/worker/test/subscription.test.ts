import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { beginAnew, connectMerchant } from "./support/connect.ts";
import { eventually } from "./support/eventually.ts";
import { merchantObject, ringAlarm } from "./support/merchant-object.ts";
import { breakOperation, callsOf, control, askQonto, type SandboxSubscription } from "./support/sandbox.ts";
import { SHOP } from "./support/shop.ts";
import { deliver, paymentLinkEvent, sign } from "./support/webhook.ts";

const HERE = "http://localhost:8787/webhooks/qonto/demo";
const DAY_MS = 86_400_000;

beforeEach(beginAnew);
afterEach(() => {
  vi.useRealTimers();
});

async function subscriptions(): Promise<readonly SandboxSubscription[]> {
  const pages = [1, 2].map((page) => askQonto(`/v2/webhook_subscriptions?per_page=100&page=${page}`));
  const read = (await Promise.all(pages)) as { subscriptions: readonly SandboxSubscription[] }[];
  return read.flatMap((page) => page.subscriptions);
}

/** Days later, here and at Qonto, with the alarm that rings by then. */
async function letDaysPass(days: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: days * 86_400 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + days * DAY_MS });
  await ringAlarm();
}

async function isTaken(secret: string): Promise<boolean> {
  const body = JSON.stringify(paymentLinkEvent(crypto.randomUUID()));
  return (await deliver(body, await sign(body, secret))).status === 200;
}

/** Exactly one subscription of ours, of both types, with a secret that the Worker takes. */
async function expectOneGoodSubscription(): Promise<SandboxSubscription> {
  const ours = (await subscriptions()).filter(({ callback_url }) => callback_url === HERE);
  expect(ours).toHaveLength(1);
  const [only] = ours;
  if (only === undefined) throw new Error("there is none");
  expect(only.types.toSorted()).toEqual(["v1/payment-links", "v1/payment-links-connections"]);
  expect(await isTaken(only.secret)).toBe(true);
  return only;
}

describe("the webhook subscription", () => {
  it("is made with the consent, and left alone afterwards", async () => {
    await connectMerchant("demo", [SHOP]);
    const first = await expectOneGoodSubscription();
    for (let day = 0; day < 3; day += 1) await letDaysPass(1.1);
    expect(await expectOneGoodSubscription()).toEqual(first);
    expect(await callsOf("listWebhookSubscriptions")).not.toHaveLength(1);
    expect(await callsOf("updateWebhookSubscription")).toEqual([]);
  });

  it("is made by the alarm where Qonto could not be asked at first", async () => {
    await breakOperation("createWebhookSubscription", { status: 500 });
    await connectMerchant("demo", [SHOP]);
    expect(await subscriptions()).toEqual([]);
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
  });

  it("that was removed at Qonto is made again", async () => {
    await connectMerchant("demo", [SHOP]);
    await changeAtQonto("DELETE", (await expectOneGoodSubscription()).id);
    await letDaysPass(1.1);
    await expectOneGoodSubscription();
  });

  it.each([
    ["another secret", { secret: "a secret of somebody else's, long enough" }],
    ["one type less", { types: ["v1/payment-links"] }],
    ["another address", { callback_url: "http://localhost:9999/elsewhere" }],
  ])("that was changed at Qonto to %s is changed back", async (_name, change) => {
    await connectMerchant("demo", [SHOP]);
    const { id, callback_url, types, secret } = await expectOneGoodSubscription();
    await changeAtQonto("PUT", id, { callback_url, types, secret, ...change });
    await letDaysPass(1.1);
    expect(await expectOneGoodSubscription()).toMatchObject({ id, secret });
    expect(await subscriptions()).toHaveLength(1);
  });

  it("is found again among many, and those of others are left alone", async () => {
    const other = { callback_url: "https://other.example/hooks", types: ["v1/payment-links"] };
    for (let count = 0; count < 101; count += 1) await createAtQonto(other);
    const mine = { callback_url: HERE, types: ["v1/payment-links"] };
    await createAtQonto(mine);
    await createAtQonto(mine);
    await connectMerchant("demo", [SHOP]);
    await expectOneGoodSubscription();
    expect(await callsOf("createWebhookSubscription")).toHaveLength(103);
    await control("DELETE", "journal");
    await letDaysPass(1.1);
    expect((await callsOf("listWebhookSubscriptions")).map((call) => call.status)).toEqual([200, 200]);
    expect(await callsOf("deleteWebhookSubscription")).toEqual([]);
  });

  it("is one although the answer to making it was lost, or the Worker died before it", async () => {
    await breakOperation("createWebhookSubscription", { drop: true, when: "after" });
    await connectMerchant("demo", [SHOP]);
    expect(await isTaken((await subscriptions())[0]?.secret ?? "")).toBe(true);
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
  });

  it("is one although the Worker died while it was made", async () => {
    await breakOperation("createWebhookSubscription", { delay_ms: 1_000, when: "after" });
    const dying = connectMerchant("demo", [SHOP]).catch(() => null);
    await eventually(async () => expect(await subscriptions()).toHaveLength(1));
    await abortAllDurableObjects();
    await dying;
    await letDaysPass(0.01);
    await expectOneGoodSubscription();
    expect(await callsOf("createWebhookSubscription")).toHaveLength(1);
  });

  it("follows the Worker to another address", async () => {
    await connectMerchant("demo", [SHOP]);
    const { id } = await expectOneGoodSubscription();
    const before = "http://localhost:9999/webhooks/qonto/demo";
    await changeAtQonto("PUT", id, { callback_url: before, types: ["v1/payment-links"] });
    await runInDurableObject(merchantObject(), (_object, state) => {
      const due = JSON.stringify({ at: Date.now() + DAY_MS, callbackUrl: before });
      state.storage.sql.exec("UPDATE settings SET value = ? WHERE name = 'subscription_due'", due);
      return state.storage.setAlarm(Date.now() + DAY_MS);
    });
    await ringAlarm();
    expect((await expectOneGoodSubscription()).id).toBe(id);
  });
});

describe("the secret of webhooks", () => {
  it("is replaced after 90 days, and the one before is taken for four days more", async () => {
    await connectMerchant("demo", [SHOP]);
    const { secret: before } = await expectOneGoodSubscription();
    for (const days of [29, 29, 31]) await letDaysPass(days);
    expect((await expectOneGoodSubscription()).secret).toBe(before);
    await letDaysPass(1.5);
    const { secret: after } = await expectOneGoodSubscription();
    expect(after).not.toBe(before);
    expect(await isTaken(before)).toBe(true);
    await letDaysPass(3.9);
    expect(await isTaken(before)).toBe(true);
    await letDaysPass(0.2);
    expect(await isTaken(before)).toBe(false);
    expect((await expectOneGoodSubscription()).secret).toBe(after);
  });

  it("is taken before and after Qonto takes it over, however long that takes", async () => {
    await connectMerchant("demo", [SHOP]);
    const { secret: before } = await expectOneGoodSubscription();
    for (const days of [29, 29]) await letDaysPass(days);
    await breakOperation("updateWebhookSubscription", { status: 500, times: 0 });
    for (const days of [29, 4, 4]) await letDaysPass(days);
    expect((await subscriptions())[0]?.secret).toBe(before);
    expect(await isTaken(before)).toBe(true);
    const tried = (await callsOf("updateWebhookSubscription")).map((call) => JSON.stringify(call.body));
    expect(tried.length).toBeGreaterThan(1);
    await control("DELETE", "faults");
    await letDaysPass(0.01);
    expect((await expectOneGoodSubscription()).secret).not.toBe(before);
    expect(await isTaken(before)).toBe(true);
  });

  it("is replaced with the key that seals it", async () => {
    await connectMerchant("demo", [SHOP]);
    const { secret: before } = await expectOneGoodSubscription();
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
    expect((await expectOneGoodSubscription()).secret).not.toBe(before);
  });
});

function createAtQonto(body: unknown): Promise<unknown> {
  return askQonto("/v2/webhook_subscriptions", { method: "POST", body });
}

function changeAtQonto(method: string, id: string, body?: unknown): Promise<unknown> {
  return askQonto(`/v2/webhook_subscriptions/${id}`, { method, body });
}
