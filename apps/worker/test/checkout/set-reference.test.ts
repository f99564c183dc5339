import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { breakOperation, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openAndName, openServerCheckout, toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, openShop } from "../support/shop.ts";
import { listed, moveTo, read, refusalOf, update } from "../support/update-checkout.ts";

beforeEach(openShop);

describe("when the reference of a checkout is set", () => {
  it.each([
    ["paid", "paid"],
    ["processing", "pending"],
  ])("a reference that another checkout has, %s, is rejected with that checkout", async (_status, payment) => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await moveTo(first, payment);
    const second = await openServerCheckout();
    const refused = await refusalOf(second.id, { reference: "ORDER-1" });
    expect(refused).toMatchObject({
      status: 409,
      code: "order_already_paid",
      param: "reference",
      checkout_id: first.id,
    });
    expect(await read(second.id)).toMatchObject({ reference: null });
    expect(await update(first.id, { reference: "ORDER-1", metadata: { same: "yes" } })).toMatchObject({ id: first.id });
  });

  it("a reference that a paid checkout was given is not sold again", async () => {
    const paid = await openServerCheckout();
    await moveTo(paid, "paid");
    await update(paid.id, { reference: "ORDER-1" });
    const refused = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    expect(await errorOf(refused)).toMatchObject({ code: "order_already_paid", checkout_id: paid.id });
  });

  it("a button's checkout counts if the server set its reference, not if a page did", async () => {
    const paid = await checkoutFor({ product: "mug", reference: "CART-1" });
    await moveTo(paid, "paid");
    await update(paid.id, { metadata: { seen: "yes" } });
    const other = await openServerCheckout({ reference: "CART-1" });
    expect(other.status).toBe("open");
    await answerAsServer("POST", `checkouts/${other.id}/cancel`);
    await update(paid.id, { reference: "CART-1" });
    const refused = await callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "CART-1" } });
    expect(await errorOf(refused)).toMatchObject({ code: "order_already_paid", checkout_id: paid.id });
  });

  it("the offer of a paid checkout does not sell the order again under its opening reference", async () => {
    const offer = await signOffer();
    const { id } = await checkoutFor({ offer, attempt_id: "attempt-0001" });
    await moveTo({ id }, "paid");
    await update(id, { reference: "ORDER-1001" });
    expect(await checkoutFor({ offer, attempt_id: "attempt-0002" })).toMatchObject({ id, status: "paid" });
  });

  it("a reference that was set by mistake is free again", async () => {
    const paid = await openServerCheckout();
    await moveTo(paid, "paid");
    await update(paid.id, { reference: "ORDER-2" });
    await update(paid.id, { reference: "ORDER-1" });
    expect((await openServerCheckout({ reference: "ORDER-2" })).status).toBe("open");
  });

  it("an open checkout takes the place of the other open one", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    const second = await openServerCheckout();
    await update(second.id, { reference: "ORDER-1" });
    expect(await read(first.id)).toMatchObject({ superseded_by: second.id });
    await eventually(async () => {
      await answerAsServer("POST", `checkouts/${first.id}/sync`);
      expect(await read(first.id)).toMatchObject({ status: "canceled" });
    });
    expect(await read(second.id)).toMatchObject({ status: "open", superseded_by: null });
  });

  it.each(["12.00", "30.00"])(
    "a checkout that is processing takes the place of the open one over %s",
    async (value) => {
      const underWay = await openServerCheckout();
      await moveTo(underWay, "pending");
      const items = [{ ...OFFERED.items[0], price: { value, currency: "EUR" } }];
      const open = await openServerCheckout({ reference: "ORDER-1", items });
      await update(underWay.id, { reference: "ORDER-1" });
      expect(await read(open.id)).toMatchObject({ superseded_by: underWay.id });
      await eventually(async () => {
        await answerAsServer("POST", `checkouts/${open.id}/sync`);
        expect(await read(open.id)).toMatchObject({ status: "canceled" });
      });
      expect(await read(underWay.id)).toMatchObject({ status: "processing", superseded_by: null });
      await moveTo(underWay, "failed");
      const next = await openServerCheckout({ reference: "ORDER-1" });
      expect(await read(underWay.id)).toMatchObject({ superseded_by: next.id });
    },
  );

  it("a checkout that was replaced, and is processing, takes the place of the open one", async () => {
    const underWay = await openServerCheckout({ reference: "CART-1" });
    await breakOperation("deactivatePaymentLink", { status: 422, times: 0 });
    await openAndName("CART-1");
    await moveTo(underWay, "pending");
    const open = await openServerCheckout({ reference: "ORDER-1" });
    await update(underWay.id, { reference: "ORDER-1" });
    expect(await read(open.id)).toMatchObject({ superseded_by: underWay.id });
  });

  it("a checkout that has ended takes the place of none", async () => {
    const ended = await openServerCheckout();
    await answerAsServer("POST", `checkouts/${ended.id}/cancel`);
    const open = await openServerCheckout({ reference: "ORDER-1" });
    expect(await update(ended.id, { reference: "ORDER-1" })).toMatchObject({ status: "canceled" });
    expect(await read(open.id)).toMatchObject({ status: "open", superseded_by: null });
  });

  it("one whose link is created while the payment of another begins is not opened", async () => {
    const underWay = await openServerCheckout({ reference: "ORDER-1" });
    await breakOperation("deactivatePaymentLink", { delay_ms: 1_500 });
    const opening = callAsServer("POST", "checkouts", { body: { items: OFFERED.items, reference: "ORDER-1" } });
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(2));
    await moveTo(underWay, "pending");
    expect(await errorOf(await opening)).toMatchObject({ code: "order_already_paid", checkout_id: underWay.id });
    expect(await read(underWay.id)).toMatchObject({ status: "processing", superseded_by: null });
    await eventually(async () => {
      expect((await linksAtQonto()).map(({ status }) => status).toSorted()).toEqual(["canceled", "processing"]);
    });
  });

  it("a button's checkout that is given the reference while its link is created leaves one that is open", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const paying = checkoutFor({ product: "mug" });
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(2));
    const [{ id }] = await listed();
    await update(id, { reference: "ORDER-1" });
    await paying;
    expect(await read(first.id)).toMatchObject({ superseded_by: id });
  });

  it("an older checkout that is given the reference stays open, and the newer one is replaced", async () => {
    const older = await openServerCheckout();
    const newer = await openServerCheckout({ reference: "ORDER-1" });
    await update(older.id, { reference: "ORDER-1" });
    expect(await read(newer.id)).toMatchObject({ superseded_by: older.id });
    expect(await read(older.id)).toMatchObject({ superseded_by: null });
  });

  it("a paid checkout that is given the reference closes the open one", async () => {
    const paid = await openServerCheckout();
    await moveTo(paid, "paid");
    const open = await openServerCheckout({ reference: "ORDER-1" });
    await update(paid.id, { reference: "ORDER-1" });
    await eventually(async () => {
      await answerAsServer("POST", `checkouts/${open.id}/sync`);
      expect(await read(open.id)).toMatchObject({ status: "canceled" });
    });
  });

  it("two paid checkouts are reported, even if one matches only by its opening reference", async () => {
    const first = await openServerCheckout({ reference: "CART-1" });
    await update(first.id, { reference: "ORDER-1" });
    const second = await openServerCheckout({ reference: "CART-1" });
    await moveTo(second, "paid");
    await moveTo(first, "paid");
    expect((await toldEvents()).at(-1)).toMatchObject({
      type: "checkout.duplicate_payment",
      data: { checkout: { id: first.id }, duplicate_of: second.id },
    });
  });
});
