import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ringAlarmAfter, ringUntil } from "../support/object/merchant-object.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { breakOperation, callsToQonto, control, linksAtQonto } from "../support/sandbox.ts";
import {
  answerAsServer,
  callAsServer,
  openAndName,
  openServerCheckout,
  type ServerCheckout,
  toldEvents,
  toldTypes,
} from "../support/server.ts";
import { checkoutFor, type CreatedCheckout, errorOf, KEY, openShop, pay } from "../support/shop.ts";

const REFERENCE = OFFERED.reference;
const OTHER_AMOUNT = [{ ...OFFERED.items[0], price: { value: "99.00", currency: "EUR" } }];

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

/** Both ways in which the merchant opens a checkout for an order. */
const OPENERS = {
  "a server": () => openServerCheckout({ items: OFFERED.items, reference: REFERENCE }),
  "an offer": async () => {
    const { id } = await checkoutFor({ offer: await signOffer(), attempt_id: "attempt-0001" });
    return answerAsServer<ServerCheckout>("GET", `checkouts/${id}`);
  },
} as const;

function read({ id }: { readonly id: string }): Promise<ServerCheckout & { readonly superseded_by: string | null }> {
  return answerAsServer("GET", `checkouts/${id}`);
}

function sync({ id }: { readonly id: string }): Promise<ServerCheckout> {
  return answerAsServer("POST", `checkouts/${id}/sync`);
}

function payAtQonto({ payment_link }: ServerCheckout, status: string): Promise<unknown> {
  return control("POST", `payment_links/${payment_link.id}/payments`, { status });
}

/** Opens the order a second time with another body: a changed cart. */
function openAgain(body: Record<string, unknown> = {}): Promise<Response> {
  const items = OFFERED.items;
  return callAsServer("POST", "checkouts", {
    body: { items, reference: REFERENCE, metadata: { cart: "changed" }, ...body },
    idempotencyKey: "order-again-1",
  });
}

async function takeAgain(): Promise<CreatedCheckout> {
  return checkoutFor({ offer: await signOffer(), attempt_id: "attempt-0002" });
}

async function operations(): Promise<readonly string[]> {
  return (await callsToQonto()).map(({ operation }) => operation).toSorted();
}

async function openLinks(): Promise<readonly string[]> {
  return (await linksAtQonto()).filter(({ status }) => status === "open").map(({ id }) => id);
}

/** The open links at Qonto, once the alarm has deactivated the one that was not returned. */
async function requireOpenLinks(ids: readonly string[]): Promise<void> {
  await eventually(async () => expect(await openLinks()).toEqual(ids));
}

describe.each(Object.keys(OPENERS) as (keyof typeof OPENERS)[])("an order opened by %s and opened again", (opener) => {
  let first: ServerCheckout;
  beforeEach(async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    first = await OPENERS[opener]();
    await control("DELETE", "journal");
  });

  describe.each([
    ["processing", "pending"],
    ["paid", "paid"],
  ])("although its payment, which no webhook has reported, makes it %s", (status, payment) => {
    beforeEach(() => payAtQonto(first, payment));

    it.each([
      ["the same amount", {}],
      ["another amount", { items: OTHER_AMOUNT }],
    ])("gets no second link with %s: 409, with its id", async (_which, body) => {
      const response = await openAgain(body);
      expect(response.status).toBe(409);
      expect(await errorOf(response)).toMatchObject({ code: "order_already_paid", checkout_id: first.id });
      expect(await read(first)).toMatchObject({ status, superseded_by: null });
      await requireOpenLinks([]);
      expect(await toldTypes()).toEqual([`checkout.${status}`]);
    });

    it("returns its checkout if its offer is taken again", async () => {
      expect(await takeAgain()).toMatchObject({ id: first.id, status });
      await requireOpenLinks([]);
    });
  });

  it("returns the second link once the first can no longer be paid, after calls that overlap", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 300 });
    await breakOperation("deactivatePaymentLink", { delay_ms: 600 });
    const second = await (await openAgain({ items: OTHER_AMOUNT })).json<ServerCheckout>();
    expect(await operations()).toEqual(["createPaymentLink", "deactivatePaymentLink", "listPayments"]);
    expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["open", "canceled"]);
    expect(await read(first)).toMatchObject({ status: "canceled", superseded_by: second.id });
    expect((await toldEvents()).at(-1)).toMatchObject({
      type: "checkout.canceled",
      data: { checkout: { id: first.id, superseded_by: second.id } },
    });
  });

  it("returns no link while Qonto rejects the deactivation of the first one and reports it as open", async () => {
    await breakOperation("deactivatePaymentLink", { status: 400, times: 0 });
    const refused = await errorOf(await openAgain());
    expect(refused).toMatchObject({ code: "order_already_paid", checkout_id: first.id });
    expect(refused.message).toContain("a payment may be under way");
    expect(await takeAgain()).toMatchObject({ id: first.id, status: "open", url: first.url });
    await control("DELETE", "faults");
    await ringUntil(async () => expect(await openLinks()).toEqual([first.payment_link.id]), 31_000);
  });

  it("returns no link while Qonto does not answer, and returns it to the same call once it does", async () => {
    await breakOperation("deactivatePaymentLink", { status: 500, times: 1 });
    const response = await openAgain();
    expect(response.status).toBe(503);
    expect((await errorOf(response)).code).toBe("qonto_unavailable");
    expect(await read(first)).toMatchObject({ status: "open", superseded_by: null });
    await requireOpenLinks([first.payment_link.id]);
    const second = await (await openAgain()).json<ServerCheckout>();
    expect(second.status).toBe("open");
    await requireOpenLinks([second.payment_link.id]);
    expect(await read(first)).toMatchObject({ status: "canceled", superseded_by: second.id });
  });

  it("returns the link if Qonto has deactivated the first one and the answer was lost", async () => {
    await breakOperation("deactivatePaymentLink", { when: "after", drop: true });
    expect((await openAgain()).status).toBe(201);
    expect(await read(first)).toMatchObject({ status: "canceled" });
  });

  it("learns the status of the first link if the second one could not be created", async () => {
    await breakOperation("createPaymentLink", { status: 422 });
    expect((await openAgain()).status).toBe(502);
    await ringAlarmAfter(16_000);
    expect(await read(first)).toMatchObject({ status: "canceled", superseded_by: null });
    expect((await openAgain()).status).toBe(201);
  });

  it("is not deactivated for an order that is rejected before Qonto is called", async () => {
    expect((await openAgain({ payment_methods: ["ideal"], items: [] })).status).toBe(422);
    expect((await pay({ publishable_key: KEY, product: "mug", reference: REFERENCE })).status).toBe(201);
    expect(await operations()).toEqual(["createPaymentLink"]);
  });
});

describe("an invoice without a reference is an order of its own", () => {
  const INVOICE = {
    invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
    invoice_number: "INV-12345",
    debitor_name: "Ada Lovelace",
    amount: { value: "150.00", currency: "EUR" },
  };
  const OF_CHECKOUT = { invoice: INVOICE };
  const OF_LINK = { payment_link: { ...INVOICE, potential_payment_methods: ["credit_card"] } };

  beforeEach(() => control("PUT", "webhooks", { mode: "hold" }));

  function openInvoice(body: Record<string, unknown> = {}): Promise<ServerCheckout> {
    return answerAsServer("POST", "checkouts", { body: { invoice: INVOICE, ...body } });
  }

  it.each([
    ["a checkout", "checkouts", OF_CHECKOUT, "invoice.invoice_id"],
    ["a payment link", "payment_links", OF_LINK, "payment_link.invoice_id"],
    [
      "an invoice id in capitals",
      "checkouts",
      { invoice: { ...INVOICE, invoice_id: INVOICE.invoice_id.toUpperCase() } },
      "invoice.invoice_id",
    ],
  ])("that %s does not open again once it is being paid", async (_what, path, body, param) => {
    const first = await openInvoice();
    for (const status of ["pending", "paid"]) {
      await payAtQonto(first, status);
      const response = await callAsServer("POST", path, { body });
      expect(response.status).toBe(409);
      expect(await errorOf(response)).toMatchObject({
        code: "order_already_paid",
        param,
        checkout_id: first.id,
        message: expect.stringContaining(`The invoice ${INVOICE.invoice_id} is`),
      });
    }
    await requireOpenLinks([]);
  });

  it("that answers an offer with the checkout that is paid", async () => {
    const first = await openInvoice();
    await payAtQonto(first, "paid");
    const offer = await signOffer({ claims: { checkout: OF_CHECKOUT } });
    expect(await checkoutFor({ offer, attempt_id: "attempt-0001" })).toMatchObject({ id: first.id, status: "paid" });
  });

  it("whose open link is replaced, from either route", async () => {
    const first = await openInvoice();
    const { payment_link: second } = await answerAsServer<{ readonly payment_link: { readonly id: string } }>(
      "POST",
      "payment_links",
      { body: OF_LINK },
    );
    expect(await read(first)).toMatchObject({ status: "canceled" });
    await requireOpenLinks([second.id]);
    await openInvoice();
    await eventually(async () => expect(await openLinks()).not.toContain(second.id));
  });

  it("that is paid twice is reported", async () => {
    const first = await openInvoice();
    const second = await openInvoice();
    await control("POST", `payment_links/${first.payment_link.id}/payments`, { status: "paid", force: true });
    await payAtQonto(second, "paid");
    await sync(second);
    await sync(first);
    expect((await toldEvents()).at(-1)).toMatchObject({
      type: "checkout.duplicate_payment",
      data: { checkout: { id: first.id }, duplicate_of: second.id },
    });
  });

  it("and a reference makes another order of it", async () => {
    const first = await openInvoice();
    await payAtQonto(first, "paid");
    await sync(first);
    expect(await openInvoice({ reference: "SECOND-PART" })).toMatchObject({ status: "open" });
    const other = { ...INVOICE, invoice_id: crypto.randomUUID() };
    expect(await openInvoice({ invoice: other })).toMatchObject({ status: "open", reference: null });
  });
});

describe("an order that has no open checkout", () => {
  it("is opened with one call to Qonto", async () => {
    const first = await openServerCheckout({ reference: REFERENCE });
    await answerAsServer("POST", `checkouts/${first.id}/cancel`);
    await control("DELETE", "journal");
    expect((await openAgain()).status).toBe(201);
    expect(await operations()).toEqual(["createPaymentLink"]);
  });
});

describe("a checkout that was superseded while its payment began", () => {
  let first: ServerCheckout;
  let second: ServerCheckout;
  beforeEach(async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    first = await openServerCheckout({ reference: REFERENCE });
    await payAtQonto(first, "pending");
    second = await openAndName(REFERENCE, { items: OTHER_AMOUNT });
  });

  it("takes the order back, over any amount", async () => {
    expect((await sync(first)).status).toBe("processing");
    await ringUntil(async () => expect(await read(second)).toMatchObject({ status: "canceled" }));
    expect(await read(second)).toMatchObject({ superseded_by: first.id });
    await requireOpenLinks([]);
    await payAtQonto(first, "paid");
    expect((await sync(first)).status).toBe("paid");
    expect((await toldTypes()).filter((type) => type === "checkout.paid")).toHaveLength(1);
  });

  it("is reported as paid twice if the other one is also paid", async () => {
    await payAtQonto(second, "pending");
    await payAtQonto(first, "paid");
    await payAtQonto(second, "paid");
    expect((await sync(first)).status).toBe("paid");
    expect((await sync(second)).status).toBe("paid");
    expect((await toldEvents()).at(-1)).toMatchObject({
      type: "checkout.duplicate_payment",
      data: { checkout: { id: second.id }, duplicate_of: first.id },
    });
  });

  it("withdraws the other one if it is paid at once", async () => {
    await payAtQonto(first, "paid");
    expect((await sync(first)).status).toBe("paid");
    await ringUntil(async () => expect(await read(second)).toMatchObject({ status: "canceled" }));
    await requireOpenLinks([]);
  });
});

describe("a third checkout for an order whose first one was superseded and may be paid", () => {
  it("is not opened", async () => {
    await control("PUT", "webhooks", { mode: "hold" });
    const first = await openServerCheckout({ reference: REFERENCE });
    await breakOperation("deactivatePaymentLink", { status: 500, times: 1 });
    await openAndName(REFERENCE);
    await eventually(async () => expect(await operations()).toContain("deactivatePaymentLink"));
    await payAtQonto(first, "pending");
    const refused = await errorOf(await openAgain());
    expect(refused).toMatchObject({ code: "order_already_paid", checkout_id: first.id });
  });
});
