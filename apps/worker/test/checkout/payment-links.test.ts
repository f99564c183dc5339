import { beforeEach, describe, expect, it } from "vitest";
import { callsOf, control, linksAtQonto, askQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";

beforeEach(openShop);

interface Link {
  readonly id: string;
  readonly status: string;
  readonly amount: { readonly value: string };
  readonly checkout?: { readonly id: string; readonly status: string; readonly reference: string | null };
}

interface Page {
  readonly payment_links: readonly Link[];
  readonly meta: Readonly<Record<string, number | null>>;
}

/** The documented basket: 1 x 10.99 at 21.0 % is 13.30. */
const BASKET = {
  payment_link: {
    potential_payment_methods: ["credit_card"],
    reusable: true,
    items: [
      {
        title: "Item 1",
        quantity: 1,
        unit_price: { value: "10.99", currency: "EUR" },
        vat_rate: "21.0",
        type: "good",
        description: "Item 1 description",
        measure_unit: "unit",
      },
    ],
  },
};

/** Creates a link in Qonto's own app. */
async function makeElsewhere(): Promise<string> {
  const answer = await askQonto("/v2/payment_links", { method: "POST", body: BASKET });
  return (answer as { payment_link: Link }).payment_link.id;
}

describe("POST /v1/payment_links", () => {
  it("creates a link in Qonto's own format, with a checkout to track it", async () => {
    const { payment_link: link } = await answerAsServer<{ payment_link: Link }>("POST", "payment_links", {
      body: BASKET,
    });
    expect(link).toMatchObject({ status: "open", reusable: true, amount: { value: "13.30", currency: "EUR" } });
    expect(await answerAsServer("GET", `checkouts/${link.checkout?.id}`)).toMatchObject({
      status: "open",
      reusable: true,
      amount: { value: "13.30" },
    });
  });

  it("accepts Qonto's amount of a basket regardless of the rounding, and compares that of an invoice", async () => {
    await control("POST", "faults", { operation: "createPaymentLink", amount_off_by: "0.01" });
    const { payment_link: link } = await answerAsServer<{ payment_link: Link }>("POST", "payment_links", {
      body: BASKET,
    });
    expect(link.amount.value).toBe("13.31");
    expect(await answerAsServer("GET", `checkouts/${link.checkout?.id}`)).toMatchObject({ amount: { value: "13.31" } });

    await control("POST", "faults", { operation: "createPaymentLink", amount_off_by: "0.01" });
    const invoice = {
      invoice_id: crypto.randomUUID(),
      invoice_number: "INV-1",
      debitor_name: "John Doe",
      amount: { value: "5.00", currency: "EUR" },
      potential_payment_methods: ["credit_card"],
    };
    const refused = await callAsServer("POST", "payment_links", { body: { payment_link: invoice } });
    expect((await errorOf(refused)).code).toBe("amount_mismatch");
  });

  it("returns the same link for the same Idempotency-Key", async () => {
    const call = { body: BASKET, idempotencyKey: "link-0001" };
    const links = await Promise.all(
      Array.from({ length: 5 }, () => answerAsServer<{ payment_link: Link }>("POST", "payment_links", call)),
    );
    expect(new Set(links.map((link) => link.payment_link.id)).size).toBe(1);
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it.each([
    [{}, "payment_link"],
    [{ payment_link: { ...BASKET.payment_link, items: [] } }, "payment_link.items"],
    [{ payment_link: { ...BASKET.payment_link, potential_payment_methods: ["cash"] } }, undefined],
    [{ payment_link: { ...BASKET.payment_link, amount: "1.00" } }, "payment_link.amount"],
  ])("rejects %j by the name of the field", async (body, param) => {
    const response = await callAsServer("POST", "payment_links", { body });
    expect(response.status).toBe(422);
    const error = await errorOf(response);
    expect(error.code).toBe("invalid_request");
    if (param !== undefined) expect(error.param).toBe(param);
    expect(await callsOf("createPaymentLink")).toHaveLength(0);
  });
});

describe("POST /v1/payment_links with an amount of zero", () => {
  const nothing = { value: "0.00", currency: "EUR" };
  const [item] = BASKET.payment_link.items;
  const invoice = {
    invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
    invoice_number: "INV-1",
    debitor_name: "John Doe",
    amount: nothing,
    potential_payment_methods: ["credit_card"],
  };

  it.each([
    ["a basket", { ...BASKET.payment_link, items: [{ ...item, unit_price: nothing }] }, "payment_link.items"],
    ["an invoice", invoice, "payment_link.amount"],
  ])("is rejected without a call to Qonto: %s", async (_name, payment_link, param) => {
    const response = await callAsServer("POST", "payment_links", { body: { payment_link } });
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({
      code: "amount_out_of_range",
      param,
      message: expect.stringContaining("0.01 to 9999999999999.99 EUR"),
    });
    expect(await callsOf("createPaymentLink")).toHaveLength(0);
  });
});

describe("the links", () => {
  it("are listed in Qonto's format and pages, from any source; ours contain their checkout", async () => {
    const elsewhere = await makeElsewhere();
    const checkout = await openServerCheckout({ reference: "ORDER-1" });
    await callAsServer("PATCH", `payment_links/${elsewhere}/deactivate`);
    const all = await answerAsServer<Page>("GET", "payment_links?per_page=1&page=2&sort_by=amount:asc");
    expect(all.meta).toMatchObject({ current_page: 2, total_pages: 2, total_count: 2, per_page: 1, next_page: null });
    expect(all.payment_links.map((link) => link.id)).toEqual([elsewhere]);
    expect(all.payment_links[0]?.checkout).toBeUndefined();
    for (const query of ["status[]=open&status[]=processing", "status=open,processing"]) {
      const open = await answerAsServer<Page>("GET", `payment_links?${query}`);
      expect(open.payment_links).toMatchObject([{ checkout: { id: checkout.id, reference: "ORDER-1" } }]);
    }
  });

  it.each([
    ["page=0", "page"],
    ["per_page=101", "per_page"],
    ["per_page=ten", "per_page"],
    ["sort_by=name", "sort_by"],
    ["status[]=lost", "status[0]"],
    ["limit=5", "limit"],
  ])("reject the query %s by the name of the parameter", async (query, param) => {
    const error = await errorOf(await callAsServer("GET", `payment_links?${query}`));
    expect(error).toMatchObject({ code: "invalid_request", param });
  });

  it("are read, paid, and deactivated one by one", async () => {
    const id = await makeElsewhere();
    expect(await answerAsServer("GET", `payment_links/${id}`)).toMatchObject({ payment_link: { id, status: "open" } });
    await control("POST", `payment_links/${id}/payments`, { status: "failed" });
    await control("POST", `payment_links/${id}/payments`, { status: "paid" });
    const payments = await answerAsServer("GET", `payment_links/${id}/payments?status[]=paid`);
    expect(payments).toMatchObject({
      payments: [{ status: "paid", amount: { value: "13.30" } }],
      meta: { total_count: 1 },
    });
    const canceled = await answerAsServer("PATCH", `payment_links/${id}/deactivate`);
    expect(canceled).toMatchObject({ payment_link: { id, status: "canceled" } });
  });

  it("are read with and without Qonto's envelope", async () => {
    const id = await makeElsewhere();
    const enveloped = await answerAsServer("GET", `payment_links/${id}`);
    await control("PUT", "shapes", { payment_link: "bare" });
    expect(await answerAsServer("GET", `payment_links/${id}`)).toEqual(enveloped);
  });

  it("of ours end their checkout at once when they are deactivated", async () => {
    const checkout = await openServerCheckout();
    await answerAsServer("PATCH", `payment_links/${checkout.payment_link.id}/deactivate`);
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({ status: "canceled" });
  });

  it.each([
    ["GET", "payment_links/00000000-0000-4000-8000-000000000000"],
    ["GET", "payment_links/00000000-0000-4000-8000-000000000000/payments"],
    ["PATCH", "payment_links/00000000-0000-4000-8000-000000000000/deactivate"],
    ["GET", "payment_links/..%2Fconnections"],
  ])("that do not exist are not found: %s %s", async (method, path) => {
    const response = await callAsServer(method, path);
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe("payment_link_not_found");
  });
});

describe("GET /v1/payment_methods", () => {
  it("answers as Qonto does", async () => {
    await control("PUT", "payment_methods", { enabled: ["ideal"] });
    const answer = await answerAsServer<{
      payment_link_payment_methods: readonly { name: string; enabled: boolean }[];
    }>("GET", "payment_methods");
    const enabled = answer.payment_link_payment_methods.filter((method) => method.enabled);
    expect(enabled).toEqual([{ name: "ideal", enabled: true }]);
  });
});
