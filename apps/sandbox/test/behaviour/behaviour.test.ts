import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BEHAVIOURS, SWITCH_VALUES } from "../../src/behaviour/behaviours.ts";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, string } from "../support/client.ts";
import { cliOutput, runCli } from "../support/run-cli.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, behaviour: "documented", switches: { reusable_link_status: "paid" } });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

const behaviour = async () => (await client.control("GET", "/behaviour")).body;

test("each behaviour has a value for every switch, and `documented` has the first value", () => {
  for (const switches of Object.values(BEHAVIOURS)) {
    expect(Object.keys(switches)).toEqual(Object.keys(SWITCH_VALUES));
    for (const [name, value] of Object.entries(switches)) {
      expect(SWITCH_VALUES[name as keyof typeof SWITCH_VALUES]).toContain(value);
    }
  }
});

describe("the behaviour control", () => {
  test("answers the behaviour and every switch of the start", async () => {
    expect(await behaviour()).toEqual({
      behaviour: "documented",
      ...BEHAVIOURS.documented,
      reusable_link_status: "paid",
    });
  });

  test.each(Object.entries(BEHAVIOURS))("sets all switches to %s", async (name, switches) => {
    const reply = await client.control("PUT", "/behaviour", { behaviour: name });
    expect(reply.body).toEqual({ behaviour: name, ...switches });
    expect(await behaviour()).toEqual(reply.body);
  });

  test("changes single switches, with or without a behaviour, and keeps the others", async () => {
    await client.control("PUT", "/behaviour", { expiration_date: "absent" });
    await client.control("PUT", "/behaviour", { connection_answer: "status_only" });
    expect(await behaviour()).toMatchObject({
      behaviour: "documented",
      expiration_date: "absent",
      connection_answer: "status_only",
      reusable_link_status: "paid",
    });
    await client.control("PUT", "/behaviour", { behaviour: "sandbox", expiration_date: "zero" });
    expect(await behaviour()).toEqual({ behaviour: "sandbox", ...BEHAVIOURS.sandbox, expiration_date: "zero" });
  });

  test("accepts its own answer as a body", async () => {
    const { body } = await client.control("PUT", "/behaviour", { behaviour: "production", oauth_client: "invalid" });
    expect((await client.control("PUT", "/behaviour", body)).body).toEqual(body);
  });

  test("has no effect after a reset", async () => {
    const before = await behaviour();
    await client.control("PUT", "/behaviour", { behaviour: "production" });
    await client.control("POST", "/reset");
    expect(await behaviour()).toEqual(before);
  });

  test.each([
    ["an unknown switch", { experation_date: "zero" }, "Unknown switch `experation_date`", "expiration_date"],
    ["an unknown value", { expiration_date: "never" }, "zero", "absent"],
    ["an unknown behaviour", { behaviour: "staging" }, "production", "documented"],
    ["a body that is not an object", [], "object", "object"],
  ])("rejects %s, names the valid values and changes nothing", async (_case, body, ...named) => {
    const before = await behaviour();
    const reply = await client.control("PUT", "/behaviour", body);
    expect(reply.status).toBe(400);
    for (const name of named) expect(reply.text).toContain(name);
    expect(await behaviour()).toEqual(before);
  });
});

describe.each([
  ["production", "0001-01-01T00:00:00Z", "paid", "json", null],
  ["sandbox", expect.stringMatching(/^20/), "processing", "html", null],
  ["documented", expect.stringMatching(/^20/), "paid", "html", undefined],
] as const)("%s", (name, end, paidStatus, withoutToken, secret) => {
  beforeEach(() => client.control("PUT", "/behaviour", { behaviour: name }));

  test("shows links, their payments and subscriptions as specified", async () => {
    const id = await client.createLink();
    await client.pay(id, "paid");
    const link = (await client.api("GET", `/v2/payment_links/${id}`)).body["payment_link"];
    expect(link).toMatchObject({ status: paidStatus, expiration_date: end });
    const { body } = await client.api("GET", `/v2/payment_links/${id}/payments`);
    expect(body["payments"]?.[0]).toMatchObject({ status: "paid" });
    const sent = { callback_url: "https://shop.example/hook", types: ["v1/payment-links"], description: "Shop" };
    const made = (await client.api("POST", "/v2/webhook_subscriptions", sent)).body;
    const read = (await client.api("GET", `/v2/webhook_subscriptions/${string(made["id"])}`)).body;
    expect(made["secret"]).toEqual(expect.any(String));
    expect(read["secret"]).toBe(secret);
    expect(read["description"]).toBe(name === "documented" ? "Shop" : undefined);
  });

  test(`answers ${withoutToken} without a staging token, and has the specified trace ids in errors`, async () => {
    const headers = { "x-qonto-staging-token": undefined };
    for (const [method, path] of [
      ["GET", "/v2/organization"],
      ["POST", "/oauth2/token"],
    ] as const) {
      const reply = await client.api(method, path, undefined, headers);
      expect(reply.headers.get("content-type")).toContain(withoutToken);
    }
    const error = (await client.api("GET", "/v2/payment_links/none")).body;
    expect("trace_id" in error).toBe(name !== "documented");
  });
});

describe("the start of a sandbox", () => {
  test("without options selects production", async () => {
    const other = await startSandbox({ port: 0 });
    const response = await fetch(`${other.url}/_sandbox/behaviour`);
    expect(await response.json()).toEqual({ behaviour: "production", ...BEHAVIOURS.production });
    await other.close();
  });

  test.each([
    ["behaviour", { behaviour: "staging" }, "production"],
    ["switch", { switches: { experation_date: "zero" } }, "expiration_date"],
    ["value", { switches: { expiration_date: "never" } }, "absent"],
  ])("with an unknown %s fails and names the valid ones", async (_case, options, named) => {
    await expect(startSandbox({ port: 0, ...(options as object) })).rejects.toThrow(named);
  });

  test("by command accepts --behaviour and --switch", async () => {
    const args = ["--behaviour", "sandbox", "--switch", "expiration_date=absent", "--switch", "oauth_client=invalid"];
    const cli = await runCli(["--port", "0", ...args]);
    const response = await fetch(`${cli.url}/_sandbox/behaviour`);
    expect(await response.json()).toEqual({
      behaviour: "sandbox",
      ...BEHAVIOURS.sandbox,
      expiration_date: "absent",
      oauth_client: "invalid",
    });
    await cli.kill("SIGINT");
  });

  test.each([
    ["--behaviour", "staging", "production"],
    ["--switch", "expiration_date", "NAME=VALUE"],
    ["--switch", "experation_date=zero", "expiration_date"],
  ])("by command rejects %s %s with an error of one line", async (option, value, named) => {
    const { code, stderr } = await cliOutput(["--port", "0", option, value]);
    expect(code).toBe(1);
    expect(stderr).toContain(named);
    expect(stderr).not.toContain("    at ");
  });
});
