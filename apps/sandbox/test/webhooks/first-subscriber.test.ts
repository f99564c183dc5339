import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startSandbox } from "../../src/start-sandbox.ts";
import { Client, list } from "../support/client.ts";
import { runCli } from "../support/run-cli.ts";
import { type Received, WebhookReceiver } from "../support/webhook-receiver.ts";

const SECRET = "a-secret-of-at-least-32-characters";

let receiver: WebhookReceiver;

beforeEach(async () => {
  receiver = await WebhookReceiver.start();
});
afterEach(() => receiver.close());

function isSignedWith(secret: string, { raw, signature }: Received): boolean {
  const [, t = "", v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature) ?? [];
  return v1 === createHmac("sha256", secret).update(`${t}.${raw}`).digest("hex");
}

test("--webhook-url receives both types of events, signed with the printed secret", async () => {
  const cli = await runCli(["--port", "0", "--webhook-url", receiver.url]);
  const line = await cli.nextLine();
  expect(line).toContain(receiver.url);
  const secret = /[0-9a-f]{64}/.exec(line)?.[0] ?? "";
  const client = await Client.connect(cli);
  await client.createLink();
  await receiver.waitFor(1);
  await client.control("PUT", "/connection", { status: "disabled" });
  const received = await receiver.waitFor(2);
  expect(received.map(({ event }) => event.type)).toEqual(["v1/payment-links", "v1/payment-links-connections"]);
  for (const event of received) expect(isSignedWith(secret, event)).toBe(true);
  await cli.kill("SIGTERM");
});

test("the subscription exists again after a reset, with its secret, and is listed like any other", async () => {
  const sandbox = await startSandbox({ port: 0, webhook: { url: receiver.url, secret: SECRET } });
  expect(sandbox.webhook).toEqual({ url: receiver.url, secret: SECRET });
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  const client = await Client.connect(sandbox);
  await client.createLink();
  const [first] = await receiver.waitFor(1);
  expect(first !== undefined && isSignedWith(SECRET, first)).toBe(true);
  const { body } = await client.api("GET", "/v2/webhook_subscriptions");
  expect(list(body["subscriptions"])).toMatchObject([{ callback_url: receiver.url }]);
  const withSecrets = (await client.control("GET", "/webhook_subscriptions")).body;
  expect(list(withSecrets["subscriptions"])).toMatchObject([{ callback_url: receiver.url, secret: SECRET }]);
  await sandbox.close();
});

test("a data file keeps its secret, and one subscription across starts", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qonto-sandbox-"));
  const options = { port: 0, dataFile: join(folder, "data.json"), webhook: { url: receiver.url } };
  const first = await startSandbox(options);
  await first.close();
  const second = await startSandbox(options);
  expect(second.webhook).toEqual(first.webhook);
  const client = await Client.connect(second);
  const { body } = await client.api("GET", "/v2/webhook_subscriptions");
  expect(body["meta"]).toMatchObject({ total_count: 1 });
  await second.close();
  await rm(folder, { recursive: true });
});
