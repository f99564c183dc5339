import { beforeEach, describe, expect, it } from "vitest";
import { fetchWorker } from "../support/fetch-worker.ts";
import { breakTable, repairTable } from "../support/object/merchant-object.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { breakOperation, callsOf, callsToQonto, control, linksAtQonto } from "../support/sandbox.ts";
import {
  answerAsServer,
  callAsServer,
  openServerCheckout,
  type ServerCheckout,
  toldEvents,
} from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";
import { listed, moveTo, read, refusalOf, update } from "../support/update-checkout.ts";

beforeEach(openShop);

/** Moves a checkout to a status. */
const MOVES: Readonly<Record<string, (checkout: ServerCheckout) => Promise<unknown>>> = {
  open: () => Promise.resolve(),
  processing: (checkout) => moveTo(checkout, "pending"),
  paid: (checkout) => moveTo(checkout, "paid"),
  canceled: ({ id }) => answerAsServer("POST", `checkouts/${id}/cancel`),
};

describe("a checkout's reference and metadata", () => {
  it.each(Object.keys(MOVES))("are changed by the server while it is %s, and the event reports it", async (status) => {
    const checkout = await openServerCheckout({ metadata: { cart: "c-17", kept: "yes" } });
    await MOVES[status]?.(checkout);
    await control("DELETE", "journal");
    const changed = { reference: "ORDER-1001", metadata: { kept: "yes", invoice: "INV-1" } };
    const answer = await update(checkout.id, { reference: "ORDER-1001", metadata: { cart: null, invoice: "INV-1" } });
    expect(answer).toMatchObject({ status, ...changed });
    expect(answer.metadata).toEqual(changed.metadata);
    expect(await read(checkout.id)).toEqual(answer);
    const last = (await toldEvents()).at(-1);
    expect(last).toMatchObject({
      type: "checkout.updated",
      data: { checkout: { id: checkout.id, status, ...changed } },
    });
    expect(await callsToQonto()).toEqual([]);
    const { data } = await answerAsServer<{ data: readonly { readonly id: string }[] }>(
      "GET",
      "checkouts?reference=ORDER-1001&opened_by=server",
    );
    expect(data.map(({ id }) => id)).toEqual([checkout.id]);
  });

  it("stay unchanged if nothing is sent, and no event is created", async () => {
    const checkout = await openServerCheckout({ reference: "ORDER-1", metadata: { cart: "1" } });
    for (const body of [{}, { metadata: {} }, { reference: "ORDER-1" }, { metadata: { cart: "1", other: null } }]) {
      expect(await update(checkout.id, body)).toMatchObject({ reference: "ORDER-1", metadata: { cart: "1" } });
    }
    expect(await toldEvents()).toEqual([]);
  });

  it("are removed by null", async () => {
    const checkout = await openServerCheckout({ reference: "ORDER-1", metadata: { cart: "1" } });
    expect(await update(checkout.id, { reference: null, metadata: null })).toMatchObject({
      reference: null,
      metadata: {},
    });
  });

  it("are changed once per Idempotency-Key", async () => {
    const { id } = await openServerCheckout();
    const call = { body: { metadata: { order: "1" } }, idempotencyKey: "update-0001" };
    const first = await answerAsServer("PATCH", `checkouts/${id}`, call);
    await update(id, { metadata: { order: "2" } });
    expect(await answerAsServer("PATCH", `checkouts/${id}`, call)).toEqual(first);
    expect(await read(id)).toMatchObject({ metadata: { order: "2" } });
  });

  it("are changed with the event, or not at all", async () => {
    const { id } = await openServerCheckout();
    await breakTable("INSERT ON events");
    expect((await callAsServer("PATCH", `checkouts/${id}`, { body: { reference: "ORDER-9" } })).status).toBe(500);
    await repairTable();
    expect(await read(id)).toMatchObject({ reference: null });
  });

  it.each([
    ["a reference of another script", { reference: "Bestellung ⅹ".repeat(20) }, "reference"],
    ["a reference of 65 characters", { reference: "x".repeat(65) }, "reference"],
    ["an empty reference", { reference: "" }, "reference"],
    ["a value of 501 characters", { metadata: { key: "x".repeat(501) } }, "metadata.key"],
    ["a value that is not text", { metadata: { key: 7 } }, "metadata.key"],
    ["a control character", { metadata: { key: "a\u0000b" } }, "metadata.key"],
    ["another field", { amount: { value: "1.00", currency: "EUR" } }, "amount"],
  ])("are not changed by %s", async (_name, body, param) => {
    const { id } = await openServerCheckout({ metadata: { cart: "1" } });
    expect(await refusalOf(id, body)).toMatchObject({ status: 422, code: "invalid_request", param });
    expect(await toldEvents()).toEqual([]);
  });

  it("have at most 20 entries after a merge", async () => {
    const entries = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`key-${from + index}`, "x"]));
    const { id } = await openServerCheckout({ metadata: entries(0, 19) });
    const refused = await refusalOf(id, { metadata: entries(19, 2) });
    expect(refused).toMatchObject({ status: 422, code: "invalid_request", param: "metadata" });
    expect(refused.message).toContain("20 entries");
    const changed = await update(id, { metadata: { ...entries(19, 2), "key-0": null } });
    expect(Object.keys(changed.metadata)).toHaveLength(20);
  });

  it("of an unknown checkout are not found", async () => {
    expect(await refusalOf("co_0123456789abcdefghjk", {})).toMatchObject({ status: 404, code: "checkout_not_found" });
  });

  it("are shown to the shopper by the status page", async () => {
    const { id } = await openServerCheckout();
    await moveTo({ id }, "paid");
    await update(id, { reference: "ORDER-1001" });
    expect(await (await fetchWorker((await read(id)).status_url)).text()).toContain("ORDER-1001");
  });
});

describe("a checkout whose link could not be created and whose reference was changed since", () => {
  const call = { body: { items: OFFERED.items, reference: "CART-1" }, idempotencyKey: "order-00001" };

  /** Sends a call while Qonto creates no link. @returns the id of the checkout. */
  async function failOnce(open: () => Promise<Response>): Promise<string> {
    await breakOperation("createPaymentLink", { status: 500, times: 0 });
    expect((await open()).status).toBe(503);
    await control("DELETE", "faults");
    return (await listed())[0].id;
  }

  it("is created for its present reference when the call is repeated", async () => {
    const id = await failOnce(() => callAsServer("POST", "checkouts", call));
    await update(id, { reference: "ORDER-1" });
    expect(await answerAsServer("POST", "checkouts", call)).toMatchObject({ id, reference: "ORDER-1" });
    const [link] = await linksAtQonto();
    expect(link?.items[0]?.title).toBe("ORDER-1 \u00b7 Commissioned bowl");
  });

  it.each([
    ["ORDER-1", "paid"],
    ["ORDER-1", "pending"],
    ["CART-1", "paid"],
  ])("gets no link if %s is %s by another one", async (reference, payment) => {
    const id = await failOnce(() => callAsServer("POST", "checkouts", call));
    await update(id, { reference: "ORDER-1" });
    const other = await openServerCheckout({ reference });
    await moveTo(other, payment);
    await control("DELETE", "journal");
    const refused = await callAsServer("POST", "checkouts", call);
    expect(refused.status).toBe(409);
    expect(await errorOf(refused)).toMatchObject({
      code: "order_already_paid",
      param: "reference",
      checkout_id: other.id,
    });
    expect(await callsOf("createPaymentLink")).toEqual([]);
  });

  it("of an offer gets the checkout that has paid the order", async () => {
    const attempt = { publishable_key: KEY, offer: await signOffer(), attempt_id: "attempt-0001" };
    const id = await failOnce(() => pay(attempt));
    await update(id, { reference: "ORDER-1" });
    const other = await openServerCheckout({ reference: "ORDER-1" });
    await moveTo(other, "paid");
    expect(await checkoutFor(attempt)).toMatchObject({ id: other.id, status: "paid" });
  });

  it("of a button is named at Qonto by the merchant's reference, and gets no link once that is paid", async () => {
    const attempt = { publishable_key: KEY, product: "mug", attempt_id: "attempt-0001", reference: "page-1" };
    const second = { ...attempt, attempt_id: "attempt-0002" };
    const id = await failOnce(() => pay(second));
    await update(id, { reference: "ORDER-2" });
    await checkoutFor(second);
    const [link] = await linksAtQonto();
    expect(link?.items[0]?.title).toMatch(/^ORDER-2 \u00b7 Mug/);
    const unpaid = await failOnce(() => pay(attempt));
    await update(unpaid, { reference: "ORDER-1" });
    await moveTo(await openServerCheckout({ reference: "ORDER-1" }), "paid");
    expect(await errorOf(await pay(attempt))).toMatchObject({ code: "checkout_not_open" });
  });
});
