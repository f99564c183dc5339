import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, list, type Reply, string } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, behaviour: "documented" });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

describe("an idempotency key", () => {
  const create = (key: string, body: unknown = basket()) =>
    client.api("POST", "/v2/payment_links", body, { "x-qonto-idempotency-key": key });
  const idOf = (reply: Reply) => reply.body["payment_link"]?.["id"];
  const linkCount = async () => (await client.api("GET", "/v2/payment_links")).body["meta"]?.["total_count"];

  test("has no effect by default", async () => {
    expect(idOf(await create("a"))).not.toBe(idOf(await create("a")));
  });

  test("if honoured returns the first answer again, even after the link was canceled", async () => {
    expect((await client.control("PUT", "/idempotency", { honoured: true })).body).toEqual({ honoured: true });
    const first = await create("a");
    await client.api("PATCH", `/v2/payment_links/${string(idOf(first))}/deactivate`);
    const again = await create("a");
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    expect(again.body["payment_link"]).toMatchObject({ status: "open" });
    expect(idOf(await create("b"))).not.toBe(idOf(first));
    expect(idOf(await client.api("POST", "/v2/payment_links", basket()))).not.toBe(idOf(first));
    expect(await linkCount()).toBe(3);
  });

  test("is not consumed by a rejected request, and returns a link whose first answer was lost", async () => {
    await client.control("PUT", "/idempotency", { honoured: true });
    expect((await create("a", basket({ items: [] }))).status).toBe(400);
    await client.control("POST", "/faults", { operation: "createPaymentLink", when: "after", drop: true });
    await expect(create("a")).rejects.toThrow();
    expect((await create("a")).status).toBe(201);
    expect(await linkCount()).toBe(1);
  });

  test("is deleted when keys are no longer honoured", async () => {
    await client.control("PUT", "/idempotency", { honoured: true });
    const first = await create("a");
    await client.control("PUT", "/idempotency", { honoured: false });
    expect(idOf(await create("a"))).not.toBe(idOf(first));
  });
});

test("the shape `bare` applies to reading and deactivating a link; a new link stays enveloped", async () => {
  expect((await client.control("PUT", "/shapes", { payment_link: "bare" })).status).toBe(200);
  const id = await client.createLink();
  expect((await client.api("GET", `/v2/payment_links/${id}`)).body).toMatchObject({ id, status: "open" });
  const deactivated = await client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
  expect(deactivated.body).toMatchObject({ id, status: "canceled" });
  await client.control("PUT", "/shapes", { payment_link: "enveloped" });
  expect(await client.linkStatus(id)).toBe("canceled");
  expect((await client.control("PUT", "/shapes", { payment_link: "nested" })).status).toBe(400);
});

test("new links live as long as the control sets, and a year after a reset", async () => {
  const life = async () => {
    const link = (await client.api("POST", "/v2/payment_links", basket())).body["payment_link"];
    return Date.parse(string(link?.["expiration_date"])) - Date.parse(string(link?.["created_at"]));
  };
  expect((await client.control("PUT", "/payment_link_life", { seconds: 3600 })).body).toEqual({ seconds: 3600 });
  expect(await life()).toBe(3_600_000);
  for (const seconds of [0, -1, 0.5, 1e12]) {
    expect((await client.control("PUT", "/payment_link_life", { seconds })).status).toBe(400);
  }
  await client.control("POST", "/reset");
  client = await Client.connect(sandbox);
  expect(await life()).toBe(365 * 86_400_000);
});

describe("a forced payment", () => {
  const force = (id: string, status: string) =>
    client.control("POST", `/payment_links/${id}/payments`, { status, force: true });
  const payments = async (id: string) =>
    list((await client.api("GET", `/v2/payment_links/${id}/payments`)).body["payments"]).map((payment) =>
      string(payment["status"]),
    );

  test("adds a payment to a paid link, which stays paid", async () => {
    const id = await client.createLink();
    await client.pay(id, "paid");
    expect((await client.pay(id, "paid")).status).toBe(409);
    expect((await force(id, "paid")).status).toBe(201);
    expect((await force(id, "failed")).status).toBe(201);
    expect(await payments(id)).toEqual(["failed", "paid", "paid"]);
    expect(await client.linkStatus(id)).toBe("paid");
  });

  test("adds a payment while another is pending", async () => {
    const id = await client.createLink();
    await client.pay(id, "pending");
    await force(id, "paid");
    expect(await payments(id)).toEqual(["paid", "pending"]);
  });

  test("makes a canceled link paid; a failed one leaves it canceled", async () => {
    const id = await client.createLink();
    await client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
    await force(id, "failed");
    expect(await client.linkStatus(id)).toBe("canceled");
    await force(id, "paid");
    expect(await client.linkStatus(id)).toBe("paid");
  });

  test("makes an expired link paid", async () => {
    const id = await client.createLink();
    await client.control("POST", "/clock", { advance_seconds: 366 * 86_400 });
    await force(id, "paid");
    client = await Client.connect(sandbox);
    expect(await client.linkStatus(id)).toBe("paid");
  });
});

test("a payment named by its id gets the status; a payment of another link is not found", async () => {
  const id = await client.createLink({ reusable: true });
  const begun = await client.control("POST", `/payment_links/${id}/payments`, { status: "pending" });
  await client.pay(id, "paid");
  const payment_id = string(begun.body["payment"]?.["id"]);
  const body = { status: "paid", payment_id };
  const moved = await client.control("POST", `/payment_links/${id}/payments`, body);
  expect(moved).toMatchObject({ status: 200, body: { payment: { id: payment_id, status: "paid" } } });
  const listed = list((await client.api("GET", `/v2/payment_links/${id}/payments`)).body["payments"]);
  expect(listed.map(({ status }) => status)).toEqual(["paid", "paid"]);
  expect(listed.at(-1)).toMatchObject({ id: payment_id });
  const other = await client.createLink();
  expect((await client.control("POST", `/payment_links/${other}/payments`, body)).status).toBe(404);
});
