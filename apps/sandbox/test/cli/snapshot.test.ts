import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, list, string } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

const links = async () => list((await client.api("GET", "/v2/payment_links")).body["payment_links"]);
const statuses = async () => (await links()).map(({ id, status }) => [id, status]);

test("restoring without a snapshot fails", async () => {
  const reply = await client.control("POST", "/snapshot/restore");
  expect(reply.status).toBe(400);
  expect(string(reply.body["errors"]?.[0]?.["detail"])).toContain("POST /_sandbox/snapshot");
});

test("a snapshot can be restored repeatedly, with its links, payments and tokens", async () => {
  const open = await client.createLink();
  await client.control("POST", "/snapshot");
  for (const _ of [1, 2]) {
    await client.createLink();
    await client.control("POST", `/payment_links/${open}/payments`, { status: "paid" });
    expect((await client.control("POST", "/snapshot/restore")).status).toBe(204);
    // The client's token is older than the snapshot, so it is valid after the restore.
    expect(await statuses()).toEqual([[open, "open"]]);
  }
  await client.control("POST", "/reset");
  await client.control("POST", "/snapshot/restore");
  expect(await statuses()).toEqual([[open, "open"]]);
});

test("faults, the journal and counted requests are not part of a snapshot", async () => {
  await client.control("POST", "/snapshot");
  await client.control("POST", "/faults", { operation: "listPaymentLinks", times: 0, status: 500 });
  await client.control("PUT", "/rate_limits", { per_10_seconds: 1 });
  await client.control("POST", "/snapshot/restore");
  const { body } = await client.control("GET", "/journal");
  expect(body["requests"]).toEqual([]);
  expect(await links()).toEqual([]);
});
