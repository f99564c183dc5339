import { describe, expect, test } from "vitest";
import { signWebhook } from "../../src/webhooks/sign.ts";
import { list, string } from "../support/client.ts";
import { useDocumentedSandbox, play } from "../support/documented-sandbox.ts";

const SECRET = "a-secret-of-at-least-32-characters";
const OTHER_SECRET = "another-secret-of-32-characters-or-more";

const documented = useDocumentedSandbox();

async function subscribe(): Promise<string> {
  const body = { callback_url: documented.receiver.url, types: ["v1/payment-links"], secret: SECRET };
  return string((await documented.client.api("POST", "/v2/webhook_subscriptions", body)).body["id"]);
}

describe("subscription_secret", () => {
  test.each([
    ["create_only", undefined],
    ["null_later", null],
    ["always", SECRET],
  ] as const)("%s applies to all answers after the first", async (value, shown) => {
    await play(documented, { subscription_secret: value });
    const body = { callback_url: documented.receiver.url, types: ["v1/payment-links"], secret: SECRET };
    const created = await documented.client.api("POST", "/v2/webhook_subscriptions", body);
    expect(created.body["secret"]).toBe(SECRET);
    const path = `/v2/webhook_subscriptions/${string(created.body["id"])}`;
    const answers = [
      (await documented.client.api("GET", path)).body,
      list((await documented.client.api("GET", "/v2/webhook_subscriptions")).body["subscriptions"])[0],
      (await documented.client.api("PUT", path, body)).body,
    ];
    expect(answers.map((answer) => answer?.["secret"])).toEqual([shown, shown, shown]);
  });
});

describe("subscription_description", () => {
  test.each([
    ["answered", "Shop"],
    ["omitted", undefined],
  ] as const)("%s applies to every answer", async (value, shown) => {
    await play(documented, { subscription_description: value });
    const body = { callback_url: documented.receiver.url, types: ["v1/payment-links"], description: "Shop" };
    const created = (await documented.client.api("POST", "/v2/webhook_subscriptions", body)).body;
    const path = `/v2/webhook_subscriptions/${string(created["id"])}`;
    const answers = [
      created,
      (await documented.client.api("GET", path)).body,
      (await documented.client.api("PUT", path, body)).body,
    ];
    expect(answers.map((answer) => answer["description"])).toEqual([shown, shown, shown]);
  });
});

describe("subscription_put_secret", () => {
  test.each([
    ["accept", 200, OTHER_SECRET],
    ["ignore", 200, SECRET],
    ["reject", 400, SECRET],
  ] as const)("%s applies to a secret sent by PUT", async (value, status, signedWith) => {
    await play(documented, { subscription_put_secret: value });
    const id = await subscribe();
    const body = { callback_url: documented.receiver.url, types: ["v1/payment-links"], secret: OTHER_SECRET };
    expect((await documented.client.api("PUT", `/v2/webhook_subscriptions/${id}`, body)).status).toBe(status);
    await documented.client.createLink();
    const [event] = await documented.receiver.waitFor(1);
    const [, seconds = ""] = /^t=(\d+)/.exec(event?.signature ?? "") ?? [];
    expect(event?.signature).toBe(signWebhook(event?.raw ?? "", signedWith, Number(seconds)));
  });
});
