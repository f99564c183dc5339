import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SwitchChanges } from "../../src/behaviour/behaviours.ts";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, type Json, list, string } from "../support/client.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";

let sandbox: Sandbox;
let client: Client;
let receiver: WebhookReceiver;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, behaviour: "documented" });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
  receiver = await WebhookReceiver.start();
});
afterEach(() => receiver.close());
afterAll(() => sandbox.close());

/** Changes single switches of the documented behaviour. */
async function play(switches: SwitchChanges): Promise<void> {
  expect((await client.control("PUT", "/behaviour", switches)).status).toBe(200);
}

async function subscribe(): Promise<void> {
  await client.api("POST", "/v2/webhook_subscriptions", { callback_url: receiver.url, types: ["v1/payment-links"] });
}

/** Returns the data of the first `count` events, and checks that only one more follows: that of another link. */
async function events(count: number): Promise<readonly Json[]> {
  const last = await client.createLink();
  const received = await receiver.waitFor(count + 1);
  const data = received.map(({ raw }) => (JSON.parse(raw) as Json)["data"] as Json);
  expect(data.at(-1)).toMatchObject({ payment_link_id: last });
  return data.slice(0, count);
}

const force = (id: string, status: string) =>
  client.control("POST", `/payment_links/${id}/payments`, { status, force: true });
const cancel = (id: string) => client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
const statuses = async (id: string) =>
  list((await client.api("GET", `/v2/payment_links/${id}/payments`)).body["payments"]).map(({ status }) => status);

describe("expiration_date", () => {
  test.each([
    ["zero", "0001-01-01T00:00:00Z"],
    ["absent", undefined],
    ["past", "2020-01-01T00:00:00Z"],
    ["number", expect.any(Number)],
  ] as const)("%s is shown in every answer and event, even for older links", async (value, shown) => {
    const older = await client.createLink();
    await subscribe();
    await play({ expiration_date: value });
    const created = await client.api("POST", "/v2/payment_links", basket());
    const id = string(created.body["payment_link"]?.["id"]);
    const answers = [
      created.body["payment_link"],
      (await client.api("GET", `/v2/payment_links/${older}`)).body["payment_link"],
      ...list((await client.api("GET", "/v2/payment_links")).body["payment_links"]),
      (await cancel(id)).body["payment_link"],
    ];
    expect(answers.map((link) => link?.["expiration_date"])).toEqual(answers.map(() => shown));
    for (const data of await events(2)) expect(data["expired_at"]).toEqual(shown);
  });

  test("links without a real end never expire", async () => {
    for (const expiration_date of ["zero", "absent", "past", "number"] as const) {
      await play({ expiration_date });
      const id = await client.createLink();
      await client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
      client = await Client.connect(sandbox);
      expect(await client.linkStatus(id)).toBe("open");
    }
  });

  test("zero leaves lists sorted by it unsorted", async () => {
    await play({ expiration_date: "zero" });
    for (let made = 0; made < 3; made += 1) await client.createLink();
    const ids = async (query: string) =>
      list((await client.api("GET", `/v2/payment_links${query}`)).body["payment_links"]).map(({ id }) => id);
    expect(await ids("?sort_by=expiration_date:asc")).toEqual(await ids("?sort_by=expiration_date:desc"));
  });
});

describe("paid_link_status processing", () => {
  beforeEach(() => play({ paid_link_status: "processing" }));

  test.each([["paid"], ["pending", "paid"]])(
    "leaves a link processing after the payment statuses %s",
    async (...steps) => {
      await subscribe();
      const id = await client.createLink();
      for (const status of steps) await client.pay(id, status);
      expect(await client.linkStatus(id)).toBe("processing");
      expect(await statuses(id)).toEqual(["paid"]);
      expect((await client.pay(id, "paid")).status).toBe(409);
      expect((await events(2)).map(({ status }) => status)).toEqual(["open", "processing"]);
    },
  );

  test("does not reopen a link after a failed forced payment", async () => {
    const id = await client.createLink();
    await client.pay(id, "paid");
    await force(id, "failed");
    expect(await client.linkStatus(id)).toBe("processing");
  });
});

describe("paid_link_status open", () => {
  beforeEach(() => play({ paid_link_status: "open" }));

  test("leaves a paid link open, with an event, and deactivates it", async () => {
    await subscribe();
    const id = await client.createLink();
    await client.pay(id, "paid");
    expect(await client.linkStatus(id)).toBe("open");
    expect(await statuses(id)).toEqual(["paid"]);
    expect((await events(2)).map(({ status }) => status)).toEqual(["open", "open"]);
    expect((await cancel(id)).status).toBe(200);
    expect(await client.linkStatus(id)).toBe("canceled");
  });
});

describe("pending_link_status paid", () => {
  test.each(["paid", "failed"])("has a link paid while its payment is pending, and after that is %s", async (end) => {
    await play({ pending_link_status: "paid" });
    const id = await client.createLink();
    await client.pay(id, "pending");
    expect(await client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual(["pending"]);
    expect((await cancel(id)).status).toBe(400);
    await client.pay(id, end);
    expect(await client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual([end]);
  });
});

describe("payments_list empty", () => {
  test("hides the payments of a link until it is complete", async () => {
    await play({ payments_list: "empty" });
    const id = await client.createLink();
    await client.pay(id, "paid");
    expect(await client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual([]);
    await play({ payments_list: "complete" });
    expect(await statuses(id)).toEqual(["paid"]);
  });
});

describe("reusable_link_status", () => {
  test.each(["open", "processing", "paid"] as const)(
    "%s is the status after a payment, and the link accepts more payments",
    async (status) => {
      await play({ reusable_link_status: status });
      const id = await client.createLink({ reusable: true });
      await client.pay(id, "failed");
      expect(await client.linkStatus(id)).toBe("open");
      await client.pay(id, "paid");
      expect(await client.linkStatus(id)).toBe(status);
      expect((await client.pay(id, "pending")).status).toBe(201);
      expect((await client.pay(id, "paid")).status).toBe(201);
      expect(await statuses(id)).toEqual(["paid", "pending", "paid", "failed"]);
      expect((await cancel(id)).status).toBe(200);
      expect(await client.linkStatus(id)).toBe("canceled");
    },
  );

  test("paid links still expire at their date", async () => {
    await play({ reusable_link_status: "paid" });
    const id = await client.createLink({ reusable: true });
    await client.pay(id, "paid");
    await client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
    client = await Client.connect(sandbox);
    expect(await client.linkStatus(id)).toBe("expired");
  });
});

describe("late_payment_status unchanged", () => {
  beforeEach(() => play({ late_payment_status: "unchanged" }));

  test("leaves a canceled link canceled after a payment", async () => {
    const id = await client.createLink();
    await cancel(id);
    expect((await force(id, "paid")).status).toBe(201);
    expect(await client.linkStatus(id)).toBe("canceled");
    expect(await statuses(id)).toEqual(["paid"]);
  });

  test("leaves an expired link expired after a payment", async () => {
    const id = await client.createLink();
    await client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
    await force(id, "paid");
    client = await Client.connect(sandbox);
    expect(await client.linkStatus(id)).toBe("expired");
    expect(await statuses(id)).toEqual(["paid"]);
  });
});
