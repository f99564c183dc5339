import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client } from "../support/client.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";

let sandbox: Sandbox;
let client: Client;
let receiver: WebhookReceiver;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
  receiver = await WebhookReceiver.start();
  const body = { callback_url: receiver.url, types: ["v1/consent-revocations"] };
  await client.api("POST", "/v2/webhook_subscriptions", body);
});
afterEach(() => receiver.close());
afterAll(() => sandbox.close());

test.each([
  ["DELETE /v2/oauth2/consents", () => client.api("DELETE", "/v2/oauth2/consents")],
  ["the merchant in Qonto", () => client.control("POST", "/revoke")],
])("%s ends every token and sends v1/consent-revocations", async (_who, revoke) => {
  const code = await client.newCode();
  const other = await Client.connect(sandbox);
  expect((await revoke()).status).toBe(204);
  for (const { accessToken, refreshToken } of [client, other]) {
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await client.api("GET", "/v2/organization", undefined, headers)).status).toBe(401);
    expect((await client.refresh(refreshToken)).body).toMatchObject({ error: "invalid_grant" });
  }
  expect((await client.exchange(code)).status).toBe(400);
  const [event] = await receiver.waitFor(1);
  expect(JSON.parse(event?.raw ?? "{}")).toMatchObject({
    type: "v1/consent-revocations",
    data: { client_id: "sandbox-client", revoked_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) },
  });
});

test("DELETE /v2/oauth2/consents requires the scope organization.read", async () => {
  const limited = await Client.connect(sandbox, "webhook");
  expect((await limited.api("DELETE", "/v2/oauth2/consents")).status).toBe(403);
  expect((await client.api("GET", "/v2/organization")).status).toBe(200);
});
