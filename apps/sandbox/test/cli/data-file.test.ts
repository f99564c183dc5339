import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Behaviour } from "../../src/behaviour/behaviour-settings.ts";
import { BEHAVIOURS } from "../../src/behaviour/behaviours.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../src/start-sandbox.ts";
import type { State } from "../../src/state/state.ts";
import { basket, Client, string } from "../support/client.ts";
import { runCli } from "../support/run-cli.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";

let folder: string;
let dataFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-sandbox-"));
  dataFile = join(folder, "data.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("links, payments, tokens and the clock survive a restart", async () => {
  const first = await startSandbox({ port: 0, dataFile });
  const client = await Client.connect(first);
  const paid = await client.createLink();
  await client.pay(paid, "paid");
  await client.control("POST", "/clock", { advance_seconds: 86_400 });
  await first.close();

  const second = await startSandbox({ port: Number(new URL(first.url).port), dataFile });
  const { body } = await client.refresh(client.refreshToken);
  client.accessToken = string(body["access_token"]);
  expect(await client.linkStatus(paid)).toBe("paid");
  const created = await client.api("GET", `/v2/payment_links/${await client.createLink()}`);
  const ahead = Date.parse(string(created.body["payment_link"]?.["created_at"])) - Date.now();
  expect(Math.abs(ahead - 86_400_000)).toBeLessThan(60_000);
  await second.close();
  expect(await readdir(folder)).toEqual(["data.json"]);
});

test("answered changes survive a kill at any moment of a write", async () => {
  const cli = await runCli(["--port", "0", "--data", dataFile]);
  const client = await Client.connect(cli);
  const answered: string[] = [];
  const work = Array.from({ length: 8 }, async () => {
    for (;;) answered.push(await client.createLink());
  });
  const ended = Promise.allSettled(work);
  while (answered.length < 40) await client.api("GET", "/v2/payment_links?per_page=1");
  await cli.kill("SIGKILL");
  await ended;

  const again = await startSandbox({ port: 0, dataFile });
  const reader = await Client.connect(again);
  for (const id of answered) expect(await reader.linkStatus(id)).toBe("open");
  await again.close();
});

test("a webhook that was not accepted is sent again after a restart, with the same id", async () => {
  const receiver = await WebhookReceiver.start();
  receiver.reply = 503;
  const first = await startSandbox({ port: 0, dataFile });
  const client = await Client.connect(first);
  await client.api("POST", "/v2/webhook_subscriptions", { callback_url: receiver.url, types: ["v1/payment-links"] });
  await client.createLink();
  await receiver.waitFor(1);
  await first.close();
  receiver.reply = 200;
  const second = await startSandbox({ port: 0, dataFile });
  const received = await receiver.waitFor(2);
  expect(received[1]?.raw).toBe(received[0]?.raw);
  await second.close();
  await receiver.close();
});

test("a file of an older version is read; the fields it lacks are as in a fresh sandbox", async () => {
  const first = await startSandbox({ port: 0, dataFile });
  const id = await (await Client.connect(first)).createLink();
  await first.close();
  const file = JSON.parse(await readFile(dataFile, "utf8")) as { state: Record<string, unknown> };
  for (const later of ["idempotency_honoured", "idempotent_links", "payment_link_shape"]) delete file.state[later];
  await writeFile(dataFile, JSON.stringify(file));

  const second = await startSandbox({ port: 0, dataFile });
  const client = await Client.connect(second);
  expect(await client.linkStatus(id)).toBe("open");
  await client.control("PUT", "/idempotency", { honoured: true });
  const create = () => client.api("POST", "/v2/payment_links", basket(), { "x-qonto-idempotency-key": "a" });
  expect((await create()).body).toEqual((await create()).body);
  await second.close();
});

describe("the behaviour in a data file", () => {
  const read = async (sandbox: Sandbox) => (await fetch(`${sandbox.url}/_sandbox/behaviour`)).json();
  /** Starts a sandbox, changes single switches, and closes it. */
  async function startAndChange(options: SandboxOptions, changes: object): Promise<void> {
    const sandbox = await startSandbox({ port: 0, dataFile, ...options });
    await fetch(`${sandbox.url}/_sandbox/behaviour`, { method: "PUT", body: JSON.stringify(changes) });
    await sandbox.close();
  }

  test("is kept through a restart with the same options", async () => {
    await startAndChange({ behaviour: "production" }, { expiration_date: "absent" });
    const sandbox = await startSandbox({ port: 0, dataFile, behaviour: "production" });
    expect(await read(sandbox)).toMatchObject({ ...BEHAVIOURS.production, expiration_date: "absent" });
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
    expect(await read(sandbox)).toMatchObject(BEHAVIOURS.production);
    await sandbox.close();
  });

  test("is replaced by another behaviour at the start", async () => {
    await startAndChange({ behaviour: "production" }, { expiration_date: "absent" });
    const sandbox = await startSandbox({ port: 0, dataFile, behaviour: "sandbox" });
    expect(await read(sandbox)).toEqual({ behaviour: "sandbox", ...BEHAVIOURS.sandbox });
    await sandbox.close();
  });

  test("is that of the start if an older version saved none, or fewer switches", async () => {
    await startAndChange({ behaviour: "production" }, { paid_link_status: "processing" });
    const file = JSON.parse(await readFile(dataFile, "utf8")) as { state: State };
    const { state } = file;
    const without = (record: object, names: readonly string[]) =>
      Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
    await writeFile(dataFile, JSON.stringify({ ...file, state: without(state, ["behaviour", "started_with"]) }));
    const first = await startSandbox({ port: 0, dataFile, behaviour: "production" });
    expect(await read(first)).toEqual({ behaviour: "production", ...BEHAVIOURS.production });
    await first.close();

    const fewer = ({ name, switches }: Behaviour) => ({ name, switches: without(switches, ["expiration_date"]) });
    const older = { ...state, behaviour: fewer(state.behaviour), started_with: fewer(state.started_with) };
    await writeFile(dataFile, JSON.stringify({ ...file, state: older }));
    const second = await startSandbox({ port: 0, dataFile, behaviour: "production" });
    expect(await read(second)).toMatchObject({ expiration_date: "zero", paid_link_status: "processing" });
    await second.close();
  });
});

test("another kind of file is not changed, and the error names it", async () => {
  for (const text of ["", "{", "{}", "null", "[1]"]) {
    await writeFile(dataFile, text);
    await expect(startSandbox({ port: 0, dataFile })).rejects.toThrow(dataFile);
    expect(await readFile(dataFile, "utf8")).toBe(text);
  }
});
