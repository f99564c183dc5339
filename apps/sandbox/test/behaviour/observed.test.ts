import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { BEHAVIOUR_NAMES, type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, item, list, string } from "../support/client.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";

// Observations of the real Qonto that no document contradicts. All behaviours share them.

describe.each(BEHAVIOUR_NAMES)("as %s", (behaviour) => {
  let sandbox: Sandbox;
  let client: Client;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, behaviour });
  });
  beforeEach(async () => {
    await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
    client = await Client.connect(sandbox);
    receiver = await WebhookReceiver.start();
  });
  afterEach(() => receiver.close());
  afterAll(() => sandbox.close());

  const create = (overrides?: Record<string, unknown>) => client.api("POST", "/v2/payment_links", basket(overrides));

  describe("the amount of a link, as measured in Qonto's sandbox on 2026-07-03", () => {
    test.each([
      ["100.00 at 10", [["100.00", "10"]], "110.00"],
      ["232.95 at 10", [["232.95", "10"]], "256.25"],
      ["100.05 at 10", [["100.05", "10"]], "110.06"],
      ["232.96 at 10", [["232.96", "10"]], "256.26"],
      [
        "232.95 at 10 and 9.80 at 0",
        [
          ["232.95", "10"],
          ["9.80", "0"],
        ],
        "266.05",
      ],
    ])("%s is %3$s", async (_case, lines, amount) => {
      const items = lines.map(([value, vat_rate]) => item({ unit_price: { value, currency: "EUR" }, vat_rate }));
      expect((await create({ items })).body["payment_link"]?.["amount"]).toEqual({ value: amount, currency: "EUR" });
    });
  });

  describe("ids", () => {
    const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

    test("are UUIDv7 for links, pay pages, payments, subscriptions and events", async () => {
      const body = { callback_url: receiver.url, types: ["v1/payment-links"] };
      const subscription = (await client.api("POST", "/v2/webhook_subscriptions", body)).body["id"];
      const link = (await create()).body["payment_link"];
      const url = new URL(string(link?.["url"]));
      const { payment } = (await client.pay(string(link?.["id"]), "paid")).body;
      const [event] = await receiver.waitFor(1);
      const ids = [
        subscription,
        link?.["id"],
        url.pathname.split("/").at(-1),
        url.searchParams.get("resource_id"),
        payment?.["id"],
        (JSON.parse(event?.raw ?? "{}") as { id?: string }).id,
      ];
      for (const id of ids) expect(id).toMatch(UUID_V7);
    });

    test("sort by creation, even within a millisecond", async () => {
      const frozen = await startSandbox({ port: 0, now: () => Date.parse("2026-11-20T12:00:00Z") });
      const other = await Client.connect(frozen);
      const made: string[] = [];
      for (let index = 0; index < 20; index += 1) made.push(await other.createLink());
      expect(made.toSorted()).toEqual(made);
      await frozen.close();
    });
  });

  test("a pay page is at /payment-links/{uuid}?resource_id={uuid}, and opens there", async () => {
    const url = string((await create()).body["payment_link"]?.["url"]);
    expect(url).toMatch(new RegExp(`^${sandbox.url}/payment-links/[0-9a-f-]{36}\\?resource_id=[0-9a-f-]{36}$`));
    expect((await fetch(url)).status).toBe(200);
  });

  test.each([
    ["10", "10.00"],
    ["5.5", "5.50"],
    ["21.0", "21.00"],
    ["0", "0.00"],
    ["8.875", "8.875"],
  ])("a rate sent as %s is answered as %s", async (vat_rate, shown) => {
    const created = (await create({ items: [item({ vat_rate })] })).body["payment_link"];
    const read = await client.api("GET", `/v2/payment_links/${string(created?.["id"])}`);
    for (const link of [created, read.body["payment_link"]]) expect(list(link?.["items"])[0]?.["vat_rate"]).toBe(shown);
  });

  test("a numeric rate is rejected with the message of Go's decoder", async () => {
    const reply = await create({ items: [item({ vat_rate: 10 })] });
    expect(reply.status).toBe(400);
    expect(reply.body["errors"]?.[0]?.["detail"]).toMatch(/cannot unmarshal number into .* of type string/);
  });

  test("redirect_url and other unknown fields are ignored", async () => {
    const reply = await create({ redirect_url: "https://shop.example/thanks", success_url: "x", reference: 42 });
    expect(reply.status).toBe(201);
    expect(reply.text).not.toContain("redirect_url");
  });

  test.each([null, "pending", "disabled", "not_connected"])(
    "a new link is rejected with the code `invalid` while the connection is %s",
    async (status) => {
      await client.control("PUT", "/connection", { status });
      const INVOICE = {
        invoice_id: "550e8400-e29b-41d4-a716-446655440001",
        invoice_number: "INV-12345",
        debitor_name: "John Doe",
        amount: { value: "100.00", currency: "EUR" },
        potential_payment_methods: ["credit_card"],
      };
      for (const body of [basket(), { payment_link: INVOICE }]) {
        const reply = await client.api("POST", "/v2/payment_links", body);
        expect(reply.status).toBe(400);
        expect(reply.body).toMatchObject({
          errors: [{ code: "invalid", detail: "connection with the provider does not exist" }],
        });
      }
    },
  );

  test.each(["/v2/payment_links", "/v2/payment_links/connections", "/v2/webhook_subscriptions"])(
    "an API key is rejected at %s because OAuth is required",
    async (path) => {
      const reply = await client.api("GET", path, undefined, { authorization: "abacate-1234:secret" });
      expect(reply.status).toBe(401);
      expect(reply.text).toContain("OAuth2 authentication is required here");
    },
  );

  test("the creation of a link sends an event immediately, with the id of the link", async () => {
    const body = { callback_url: receiver.url, types: ["v1/payment-links"] };
    await client.api("POST", "/v2/webhook_subscriptions", body);
    const id = await client.createLink();
    const [event] = await receiver.waitFor(1);
    expect(JSON.parse(event?.raw ?? "{}")).toMatchObject({ data: { event: "created", payment_link_id: id } });
  });

  test("a PUT of a subscription without its address is rejected with the observed message", async () => {
    const body = { callback_url: receiver.url, types: ["v1/payment-links"] };
    const id = string((await client.api("POST", "/v2/webhook_subscriptions", body)).body["id"]);
    const reply = await client.api("PUT", `/v2/webhook_subscriptions/${id}`, { types: body.types });
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ detail: "CallbackURL is missing", source: { pointer: "/callback_url" } });
  });

  test("a payment contains the e-mail address that the pay page asks for", async () => {
    const { payment } = (await client.pay(await client.createLink(), "paid")).body;
    expect(payment?.["debitor_email"]).toBe("shopper@example.com");
  });
});
