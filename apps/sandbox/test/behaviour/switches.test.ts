import { beforeEach, describe, expect, test } from "vitest";
import { basket, Client, type Json, list, string } from "../support/client.ts";
import { useDocumentedSandbox, play } from "../support/documented-sandbox.ts";

const documented = useDocumentedSandbox();

async function subscribe(): Promise<void> {
  await documented.client.api("POST", "/v2/webhook_subscriptions", {
    callback_url: documented.receiver.url,
    types: ["v1/payment-links"],
  });
}

/** Returns the data of the first `count` events, and checks that only one more follows: that of another link. */
async function events(count: number): Promise<readonly Json[]> {
  const last = await documented.client.createLink();
  const received = await documented.receiver.waitFor(count + 1);
  const data = received.map(({ raw }) => (JSON.parse(raw) as Json)["data"] as Json);
  expect(data.at(-1)).toMatchObject({ payment_link_id: last });
  return data.slice(0, count);
}

const force = (id: string, status: string) =>
  documented.client.control("POST", `/payment_links/${id}/payments`, { status, force: true });
const cancel = (id: string) => documented.client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
const statuses = async (id: string) =>
  list((await documented.client.api("GET", `/v2/payment_links/${id}/payments`)).body["payments"]).map(
    ({ status }) => status,
  );

describe("expiration_date", () => {
  test.each([
    ["zero", "0001-01-01T00:00:00Z"],
    ["absent", undefined],
    ["past", "2020-01-01T00:00:00Z"],
    ["number", expect.any(Number)],
  ] as const)("%s is shown in every answer and event, even for older links", async (value, shown) => {
    const older = await documented.client.createLink();
    await subscribe();
    await play(documented, { expiration_date: value });
    const created = await documented.client.api("POST", "/v2/payment_links", basket());
    const id = string(created.body["payment_link"]?.["id"]);
    const answers = [
      created.body["payment_link"],
      (await documented.client.api("GET", `/v2/payment_links/${older}`)).body["payment_link"],
      ...list((await documented.client.api("GET", "/v2/payment_links")).body["payment_links"]),
      (await cancel(id)).body["payment_link"],
    ];
    expect(answers.map((link) => link?.["expiration_date"])).toEqual(answers.map(() => shown));
    for (const data of await events(2)) expect(data["expired_at"]).toEqual(shown);
  });

  test("links without a real end never expire", async () => {
    for (const expiration_date of ["zero", "absent", "past", "number"] as const) {
      await play(documented, { expiration_date });
      const id = await documented.client.createLink();
      await documented.client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
      documented.client = await Client.connect(documented.sandbox);
      expect(await documented.client.linkStatus(id)).toBe("open");
    }
  });

  test("zero leaves lists sorted by it unsorted", async () => {
    await play(documented, { expiration_date: "zero" });
    for (let made = 0; made < 3; made += 1) await documented.client.createLink();
    const ids = async (query: string) =>
      list((await documented.client.api("GET", `/v2/payment_links${query}`)).body["payment_links"]).map(({ id }) => id);
    expect(await ids("?sort_by=expiration_date:asc")).toEqual(await ids("?sort_by=expiration_date:desc"));
  });
});

describe("paid_link_status processing", () => {
  beforeEach(() => play(documented, { paid_link_status: "processing" }));

  test.each([["paid"], ["pending", "paid"]])(
    "leaves a link processing after the payment statuses %s",
    async (...steps) => {
      await subscribe();
      const id = await documented.client.createLink();
      for (const status of steps) await documented.client.pay(id, status);
      expect(await documented.client.linkStatus(id)).toBe("processing");
      expect(await statuses(id)).toEqual(["paid"]);
      expect((await documented.client.pay(id, "paid")).status).toBe(409);
      expect((await events(2)).map(({ status }) => status)).toEqual(["open", "processing"]);
    },
  );

  test("does not reopen a link after a failed forced payment", async () => {
    const id = await documented.client.createLink();
    await documented.client.pay(id, "paid");
    await force(id, "failed");
    expect(await documented.client.linkStatus(id)).toBe("processing");
  });
});

describe("paid_link_status open", () => {
  beforeEach(() => play(documented, { paid_link_status: "open" }));

  test("leaves a paid link open, with an event, and deactivates it", async () => {
    await subscribe();
    const id = await documented.client.createLink();
    await documented.client.pay(id, "paid");
    expect(await documented.client.linkStatus(id)).toBe("open");
    expect(await statuses(id)).toEqual(["paid"]);
    expect((await events(2)).map(({ status }) => status)).toEqual(["open", "open"]);
    expect((await cancel(id)).status).toBe(200);
    expect(await documented.client.linkStatus(id)).toBe("canceled");
  });
});

describe("pending_link_status paid", () => {
  test.each(["paid", "failed"])("has a link paid while its payment is pending, and after that is %s", async (end) => {
    await play(documented, { pending_link_status: "paid" });
    const id = await documented.client.createLink();
    await documented.client.pay(id, "pending");
    expect(await documented.client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual(["pending"]);
    expect((await cancel(id)).status).toBe(400);
    await documented.client.pay(id, end);
    expect(await documented.client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual([end]);
  });
});

describe("payments_list empty", () => {
  test("hides the payments of a link until it is complete", async () => {
    await play(documented, { payments_list: "empty" });
    const id = await documented.client.createLink();
    await documented.client.pay(id, "paid");
    expect(await documented.client.linkStatus(id)).toBe("paid");
    expect(await statuses(id)).toEqual([]);
    await play(documented, { payments_list: "complete" });
    expect(await statuses(id)).toEqual(["paid"]);
  });
});

describe("reusable_link_status", () => {
  test.each(["open", "processing", "paid"] as const)(
    "%s is the status after a payment, and the link accepts more payments",
    async (status) => {
      await play(documented, { reusable_link_status: status });
      const id = await documented.client.createLink({ reusable: true });
      await documented.client.pay(id, "failed");
      expect(await documented.client.linkStatus(id)).toBe("open");
      await documented.client.pay(id, "paid");
      expect(await documented.client.linkStatus(id)).toBe(status);
      expect((await documented.client.pay(id, "pending")).status).toBe(201);
      expect((await documented.client.pay(id, "paid")).status).toBe(201);
      expect(await statuses(id)).toEqual(["paid", "pending", "paid", "failed"]);
      expect((await cancel(id)).status).toBe(200);
      expect(await documented.client.linkStatus(id)).toBe("canceled");
    },
  );

  test("paid links still expire at their date", async () => {
    await play(documented, { reusable_link_status: "paid" });
    const id = await documented.client.createLink({ reusable: true });
    await documented.client.pay(id, "paid");
    await documented.client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
    documented.client = await Client.connect(documented.sandbox);
    expect(await documented.client.linkStatus(id)).toBe("expired");
  });
});

describe("late_payment_status unchanged", () => {
  beforeEach(() => play(documented, { late_payment_status: "unchanged" }));

  test("leaves a canceled link canceled after a payment", async () => {
    const id = await documented.client.createLink();
    await cancel(id);
    expect((await force(id, "paid")).status).toBe(201);
    expect(await documented.client.linkStatus(id)).toBe("canceled");
    expect(await statuses(id)).toEqual(["paid"]);
  });

  test("leaves an expired link expired after a payment", async () => {
    const id = await documented.client.createLink();
    await documented.client.control("POST", "/clock", { advance_seconds: 400 * 86_400 });
    await force(id, "paid");
    documented.client = await Client.connect(documented.sandbox);
    expect(await documented.client.linkStatus(id)).toBe("expired");
    expect(await statuses(id)).toEqual(["paid"]);
  });
});
