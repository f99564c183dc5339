import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkCard } from "../../src/pay-page/check-card.ts";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, item, list, type Reply, read, string } from "../support/client.ts";
import { submit as submitForm } from "../support/submit.ts";

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

const CARD = { cardNumber: "4543 4740 0224 9996", expirationDate: "12/99", cvc: "123" };

interface Link {
  readonly id: string;
  readonly url: string;
}

async function newLink(body: unknown = basket()): Promise<Link> {
  const link = (await client.api("POST", "/v2/payment_links", body)).body["payment_link"];
  return { id: string(link?.["id"]), url: string(link?.["url"]) };
}

const get = async (url: string) => read(await fetch(new URL(url, sandbox.url)));

const submit = (page: Reply, fields: Record<string, string>) => submitForm(client, page, fields);

async function follow(reply: Reply): Promise<Reply> {
  expect(reply.status).toBe(303);
  return get(reply.headers.get("location") ?? "");
}

async function payments(id: string): Promise<readonly string[]> {
  const { body } = await client.api("GET", `/v2/payment_links/${id}/payments`);
  return list(body["payments"]).map((payment) => string(payment["status"]));
}

describe("the pay page", () => {
  test("shows the payee, the lines, the VAT by rate and the total", async () => {
    const link = await newLink(
      basket({
        items: [
          item({ title: "Mug", quantity: 2 }),
          item({ title: "Book", unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "9.0" }),
        ],
      }),
    );
    const page = await get(link.url);
    expect(page.status).toBe(200);
    for (const text of [
      "Abacate Organization",
      "Mug",
      "Book",
      "€21.98",
      "VAT 21 %",
      "€4.62",
      "VAT 9 %",
      "€0.90",
      "€37.50",
    ]) {
      expect(page.text).toContain(text);
    }
  });

  test("shows an invoice with its number, its debitor and its amount", async () => {
    const link = await newLink({
      payment_link: {
        invoice_id: "550e8400-e29b-41d4-a716-446655440001",
        invoice_number: "INV-12345",
        debitor_name: "John Doe",
        amount: { value: "100.00", currency: "EUR" },
        potential_payment_methods: ["credit_card"],
      },
    });
    const page = await get(link.url);
    for (const text of ["INV-12345", "John Doe", "€100.00"]) expect(page.text).toContain(text);
  });

  test("shows any title as text and runs no script", async () => {
    const link = await newLink(
      basket({ items: [item({ title: `<script>alert("x")</script>`, description: "'\"&<b>" })] }),
    );
    const page = await get(link.url);
    expect(page.text).not.toContain("<script");
    expect(page.text).not.toContain("<b>");
    expect(page.text).toContain("&lt;script&gt;");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  test("is not found if one of its two ids is wrong", async () => {
    const { url } = await newLink();
    const other = "00000000-0000-4000-8000-000000000000";
    for (const wrong of [url.replace(/resource_id=.*/, `resource_id=${other}`), url.replace(/\?.*/, "")]) {
      expect((await get(wrong)).status).toBe(404);
    }
  });
});

describe("paying", () => {
  test.each([
    ["paid", "paid", "Payment received"],
    ["pending", "processing", "Payment in progress"],
    ["authorized", "processing", "Payment authorized"],
    ["failed", "open", "Payment failed"],
    ["canceled", "open", "Payment canceled"],
    ["expired", "open", "Payment expired"],
    ["open", "open", "Payment not completed"],
  ])("with the test card and the status %s leaves the link %s", async (status, linkStatus, title) => {
    const link = await newLink();
    const choice = await follow(await submit(await get(link.url), CARD));
    expect(await payments(link.id)).toEqual([]);
    const result = await follow(await submit(choice, { status }));
    expect(result.text).toContain(title);
    expect(await payments(link.id)).toEqual([status]);
    expect(await client.linkStatus(link.id)).toBe(linkStatus);
  });

  test("is idempotent if the form is sent again or the result is reloaded", async () => {
    const link = await newLink();
    const choice = await follow(await submit(await get(link.url), CARD));
    const results = await Promise.all([1, 2, 3].map(() => submit(choice, { status: "paid" })));
    for (const result of results) expect((await follow(result)).text).toContain("Payment received");
    expect(await payments(link.id)).toEqual(["paid"]);
  });

  test("in two tabs makes one payment of a single-use link", async () => {
    const link = await newLink();
    const [one, two] = [
      await follow(await submit(await get(link.url), CARD)),
      await follow(await submit(await get(link.url), CARD)),
    ];
    await submit(one, { status: "paid" });
    expect((await follow(await submit(two, { status: "paid" }))).text).toContain("Already paid");
    expect(await payments(link.id)).toEqual(["paid"]);
  });

  test("can be tried again after a failure", async () => {
    const link = await newLink();
    const failed = await follow(
      await submit(await follow(await submit(await get(link.url), CARD)), { status: "failed" }),
    );
    const again = /<a href="([^"]+)">Try again/.exec(failed.text)?.[1]?.replaceAll("&amp;", "&") ?? "";
    await submit(await follow(await submit(await get(again), CARD)), { status: "paid" });
    expect(await payments(link.id)).toEqual(["paid", "failed"]);
  });

  test("works with another method that the link offers, and with no other", async () => {
    const link = await newLink(basket({ potential_payment_methods: ["ideal"] }));
    const page = await get(link.url);
    expect(page.text).toContain("Pay with iDEAL");
    expect((await follow(await submit(page, { method: "paypal" }))).text).toContain("Pay with iDEAL");
    await submit(await follow(await submit(page, { method: "ideal" })), { status: "paid" });
    const { body } = await client.api("GET", `/v2/payment_links/${link.id}/payments`);
    expect(list(body["payments"])[0]).toMatchObject({ status: "paid", payment_method: "ideal" });
  });

  test("with an unknown status makes no payment", async () => {
    const link = await newLink();
    const choice = await follow(await submit(await get(link.url), CARD));
    expect((await follow(await submit(choice, { status: "refunded" }))).text).toContain("How should this payment end?");
    expect(await payments(link.id)).toEqual([]);
  });
});

describe("a closed link", () => {
  test.each([
    ["paid", "Already paid", (id: string) => client.pay(id, "paid")],
    ["processing", "Payment in progress", (id: string) => client.pay(id, "pending")],
    ["canceled", "No longer active", (id: string) => client.api("PATCH", `/v2/payment_links/${id}/deactivate`)],
    ["expired", "Expired", () => client.control("POST", "/clock", { advance_seconds: 366 * 86_400 })],
  ])("that is %s shows its status and accepts no card", async (_status, title, close) => {
    const link = await newLink();
    const before = await get(link.url);
    await close(link.id);
    const page = await get(link.url);
    expect(page.text).toContain(title);
    expect(page.text).not.toContain("<form");
    expect((await follow(await submit(before, CARD))).text).toContain(title);
  });
});

describe("a card", () => {
  const NOW = Date.parse("2026-11-20T12:00:00Z");

  test("that is rejected keeps its input, except for the CVC", async () => {
    const link = await newLink();
    const page = await submit(await get(link.url), {
      cardNumber: "4242 4242 4242 4242",
      expirationDate: "12/99",
      cvc: "987",
    });
    expect(page.status).toBe(422);
    expect(page.text).toContain("Your card was declined");
    expect(page.text).toContain('value="4242 4242 4242 4242"');
    expect(page.text).toContain('value="12/99"');
    expect(page.text).not.toContain("987");
    expect(await payments(link.id)).toEqual([]);
  });

  test.each([
    [{ cardNumber: "4543474002249996" }, {}],
    [{ expirationDate: "11/26" }, {}],
    [{ expirationDate: " 1 / 2027 " }, {}],
    [{ cardNumber: "" }, { cardNumber: "Enter your card number." }],
    [{ cardNumber: "4543 4740 0224 9997" }, { cardNumber: "This card number is invalid." }],
    [{ cardNumber: "4543" }, { cardNumber: "This card number is invalid." }],
    [{ cardNumber: "4242 4242 4242 4242" }, { cardNumber: expect.stringContaining("declined") }],
    [{ expirationDate: "10/26" }, { expirationDate: "This card has expired." }],
    [{ expirationDate: "13/30" }, { expirationDate: "Enter the expiration date as MM/YY." }],
    [{ expirationDate: "" }, { expirationDate: "Enter the expiration date as MM/YY." }],
    [{ cvc: "12" }, { cvc: expect.stringContaining("3 digits") }],
    [{ cvc: "12a" }, { cvc: expect.stringContaining("3 digits") }],
    [{ cvc: "1234" }, { cvc: expect.stringContaining("3 digits") }],
  ])("with %o gets the errors %o", (typed, errors) => {
    expect(checkCard({ ...CARD, ...typed }, NOW)).toEqual(errors);
  });
});
