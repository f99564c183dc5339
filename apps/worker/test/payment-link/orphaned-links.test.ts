import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject, ringAlarm, ringAlarmAfter } from "../support/object/merchant-object.ts";
import { askQonto, breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay, saveProduct } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);

const attempt = { publishable_key: KEY, product: "mug", attempt_id: "attempt-0001" };

// `faults/` tests the answer to each fault and the retry. These tests are about the links that remain.
describe("a failing create call", () => {
  it.each([true, false])(
    "is repeated with the same idempotency key (respected: %s), and one link stays payable",
    async (honoured) => {
      await control("PUT", "idempotency", { honoured });
      await breakOperation("createPaymentLink", { drop: true, when: "after" });
      const checkout = await checkoutFor(attempt);
      const keys = (await callsOf("createPaymentLink")).map((call) => call.headers["x-qonto-idempotency-key"]);
      expect(keys).toEqual([expect.any(String), keys[0]]);
      await eventually(async () => {
        const links = await linksAtQonto();
        expect(links).toHaveLength(honoured ? 1 : 2);
        expect(links.filter((link) => link.status === "open").map((link) => link.url)).toEqual([checkout.url]);
      });
      await ringAlarmAfter(61_000);
      expect((await linksAtQonto()).filter((link) => link.status === "open")).toHaveLength(1);
    },
  );

  it("leaves no orphaned link, even without another try", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await pay(attempt);
    await eventually(async () => {
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    });
  });

  it("leaves no orphaned link if the list can't be read at first", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("listPaymentLinks", { status: 500, times: 3 });
    await pay(attempt);
    await eventually(async () => expect(await callsOf("listPaymentLinks")).toHaveLength(3));
    await eventually(async () => {
      await ringAlarmAfter(31_000);
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    });
  });

  it("that takes effect during a retry leaves the shopper's link payable", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    expect((await errorOf(await pay(attempt))).code).toBe("qonto_unavailable");
    const retry = checkoutFor(attempt);
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(3));
    await ringAlarm();
    const checkout = await retry;
    await ringAlarmAfter(61_000);
    const links = await linksAtQonto();
    expect(links.filter((link) => link.status === "open").map((link) => link.url)).toEqual([checkout.url]);
  });

  it("during which the Worker dies leaves no orphaned link", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500, when: "after" });
    const dying = pay(attempt).then((response) => response.status);
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await abortAllDurableObjects();
    expect(await dying).toBeGreaterThanOrEqual(500);
    await ringAlarmAfter(61_000);
    expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled"]);
  });

  it("followed by a failing deactivation is retried until the link is deactivated", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    await breakOperation("deactivatePaymentLink", { status: 403 });
    expect((await errorOf(await pay(attempt))).code).toBe("amount_mismatch");
    await eventually(async () => expect((await callsOf("deactivatePaymentLink")).length).toBeGreaterThan(0));
    await ringAlarmAfter(31_000);
    expect((await linksAtQonto()).filter((link) => link.status === "open")).toEqual([]);
  });

  it("with an amount off by a cent, while the merchant changes the price, lets no shopper pay another price", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01", delay_ms: 1_500, when: "after" });
    const poster = { publishable_key: KEY, product: "poster", quantity: 7, attempt_id: "attempt-0002" };
    const paying = pay({ ...poster, shown_amount: { value: "69.93", currency: "EUR" } });
    await eventually(async () => expect(await linksAtQonto()).toHaveLength(1));
    await saveProduct("poster", {
      title: "Poster",
      price: { value: "99.99", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    });
    await paying;
    const payable = (await linksAtQonto()).filter((link) => link.status === "open").map((link) => link.amount.value);
    expect(payable.filter((amount) => amount !== "69.93")).toEqual([]);
  });
});

/** Returns the number of links that are still to be found or deactivated. */
function reservations(): Promise<number> {
  return runInDurableObject(
    merchantObject(),
    (_object, state) => state.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM unclaimed_links").one().n,
  );
}

describe("an answer without a body to a deactivation", () => {
  const EMPTY = [
    ["200", { body: "empty", when: "after", times: 0 }],
    ["204", { status: 204, body: "empty", when: "after", times: 0 }],
  ] as const;

  it.each(EMPTY)("(%s) deactivates an orphaned link once and removes its reservation", async (_status, fault) => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("deactivatePaymentLink", fault);
    await pay(attempt);
    await eventually(async () => expect(await reservations()).toBe(0));
    expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    expect(await callsOf("deactivatePaymentLink")).toHaveLength(2);
  });

  it.each(EMPTY)("(%s) cancels a checkout, and a link is returned", async (_status, fault) => {
    await breakOperation("deactivatePaymentLink", fault);
    const { id } = await openServerCheckout();
    expect(await answerAsServer("POST", `checkouts/${id}/cancel`)).toMatchObject({ status: "canceled" });
    const { payment_link } = await openServerCheckout();
    const answer = await answerAsServer("PATCH", `payment_links/${payment_link.id}/deactivate`);
    expect(answer).toMatchObject({ payment_link: { id: payment_link.id, status: "canceled" } });
  });

  it("that left the link open causes another deactivation", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after", times: 2 });
    await breakOperation("deactivatePaymentLink", { status: 204, body: "empty", times: 1 });
    await pay(attempt);
    await eventually(async () => expect((await callsOf("deactivatePaymentLink")).length).toBeGreaterThan(0));
    await eventually(async () => {
      await ringAlarmAfter(31_000);
      expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled", "canceled"]);
    });
  });

  it("that is missing entirely causes an immediate read of the checkout", async () => {
    const { id } = await openServerCheckout();
    await breakOperation("deactivatePaymentLink", { drop: true, when: "after" });
    expect((await errorOf(await callAsServer("POST", `checkouts/${id}/cancel`))).code).toBe("qonto_unavailable");
    await eventually(async () => {
      expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ status: "canceled" });
    });
  });
});

describe("a webhook that names a link", () => {
  const basketOf = (checkoutId: string) => ({
    payment_link: {
      reusable: false,
      potential_payment_methods: ["credit_card"],
      items: [
        {
          title: "Mug",
          description: `Ref. ${checkoutId}`,
          quantity: 1,
          measure_unit: "unit",
          unit_price: { value: "12.00", currency: "EUR" },
          vat_rate: "0",
          type: "good",
        },
      ],
    },
  });

  async function createAtQonto(checkoutId: string): Promise<string> {
    const answer = await askQonto("/v2/payment_links", { method: "POST", body: basketOf(checkoutId) });
    const { payment_link } = answer as { payment_link?: { id: string } };
    return payment_link?.id ?? (answer as { id: string }).id;
  }

  async function statusAtQonto(linkId: string): Promise<string | undefined> {
    return (await linksAtQonto()).find(({ id }) => id === linkId)?.status;
  }

  it("that has ended keeps the reservation of a create call whose link does not exist yet", async () => {
    await breakOperation("createPaymentLink", { drop: true, when: "after" });
    await breakOperation("createPaymentLink", { drop: true, when: "before" });
    await pay(attempt);
    await eventually(async () => expect((await linksAtQonto()).map(({ status }) => status)).toEqual(["canceled"]));
    await eventually(async () => expect(await reservations()).toBe(1));
    const [ended] = await linksAtQonto();
    if (ended === undefined) throw new Error("no link");
    await deliverEvent(paymentLinkEvent(ended.id, { status: "canceled" }));
    for (let ring = 0; ring < 2; ring += 1) await ringAlarmAfter(61_000);
    const checkoutId = /Ref\. (co_\w+)/.exec(ended.items[0]?.description ?? "")?.[1] ?? "";
    const late = await createAtQonto(checkoutId);
    await ringAlarmAfter(601_000);
    expect(await statusAtQonto(late)).toBe("canceled");
  });

  it("that was later copied by hand from a checkout's link leaves the copy open", async () => {
    const { id } = await openServerCheckout();
    await control("POST", "clock", { advance_seconds: 600 });
    const copy = await createAtQonto(id);
    await deliverEvent(paymentLinkEvent(copy, { status: "open" }));
    for (let ring = 0; ring < 3; ring += 1) await ringAlarmAfter(61_000);
    expect(await statusAtQonto(copy)).toBe("open");
  });
});
