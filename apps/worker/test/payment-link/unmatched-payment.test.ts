import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ringAlarmAfter } from "../support/object/merchant-object.ts";
import { breakOperation, control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ToldEvent, toldEvents } from "../support/server.ts";
import { openShop } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

const ITEM = {
  title: "Poster",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

beforeEach(async () => {
  await openShop();
  await control("PUT", "webhooks", { mode: "hold" });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Makes Qonto create its only link, lose the answer, and not answer the deactivation yet. @returns the link's id. */
async function loseLink(): Promise<string> {
  await breakOperation("deactivatePaymentLink", { status: 500, times: 0 });
  await breakOperation("createPaymentLink", { drop: true, when: "after" });
  await breakOperation("createPaymentLink", { status: 400 });
  const body = { items: [ITEM], reference: "ORDER-1" };
  expect((await callAsServer("POST", "checkouts", { body })).status).toBe(502);
  const [link] = await linksAtQonto();
  if (link === undefined) throw new Error("no link");
  return link.id;
}

function payAtQonto(linkId: string, status = "paid"): Promise<unknown> {
  return control("POST", `payment_links/${linkId}/payments`, { status });
}

async function unmatched(): Promise<readonly ToldEvent[]> {
  return (await toldEvents()).filter(({ type }) => type === "payment.unmatched");
}

async function searchAgain(): Promise<void> {
  await control("DELETE", "faults");
  for (let ring = 0; ring < 4; ring += 1) await ringAlarmAfter(601_000);
}

describe.each(["paid", "processing", "open"])("a payment of an orphaned link that is %s at Qonto", (status) => {
  beforeEach(() => control("PUT", "behaviour", { paid_link_status: status }));

  it("is reported once, with the checkout for which the link was created, and logged with the merchant", async () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const linkId = await loseLink();
    await payAtQonto(linkId);
    await searchAgain();
    await eventually(async () => expect(await unmatched()).toHaveLength(1));
    await searchAgain();
    expect(await unmatched()).toMatchObject([
      {
        data: {
          payment_link: { id: linkId, amount: { value: "12.00", currency: "EUR" } },
          payment: { status: "paid", amount: { value: "12.00" } },
          checkout: { reference: "ORDER-1", url: null },
        },
      },
    ]);
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
    expect(lines.filter(({ code }) => code === "unmatched_payment")).toEqual([
      { where: "deactivating a link", code: "unmatched_payment", merchant: "demo", payment_link_id: linkId },
    ]);
  });

  it("makes the diagnostics fail with a remediation", async () => {
    await payAtQonto(await loseLink());
    await searchAgain();
    const { healthy, checks } = await answerAsServer<{
      healthy: boolean;
      checks: readonly { readonly name: string }[];
    }>("GET", "diagnostics");
    expect(healthy).toBe(false);
    expect(checks.find(({ name }) => name === "payments_to_review")).toMatchObject({
      status: "failing",
      measured: { unmatched_payments: 1 },
      remediation: expect.stringContaining("Nothing was fulfilled for an unmatched payment"),
    });
  });
});

describe("an orphaned link that a webhook names", () => {
  it("is reported if it is paid", async () => {
    const linkId = await loseLink();
    await payAtQonto(linkId);
    await deliverEvent(paymentLinkEvent(linkId, { status: "paid" }));
    await searchAgain();
    expect(await unmatched()).toMatchObject([{ data: { payment_link: { id: linkId } } }]);
  });

  it("is reported without a payment while Qonto lists none", async () => {
    await control("PUT", "behaviour", { paid_link_status: "paid", payments_list: "empty" });
    const linkId = await loseLink();
    await payAtQonto(linkId);
    await searchAgain();
    const [event] = await unmatched();
    expect(event?.data).toMatchObject({ payment_link: { id: linkId } });
    expect(event?.data).not.toHaveProperty("payment");
  });
});

describe("a link that is deactivated in time", () => {
  it("is not reported, nor is the link of a checkout", async () => {
    await loseLink();
    const checkout = await openServerCheckout();
    await payAtQonto(checkout.payment_link.id);
    await searchAgain();
    expect((await linksAtQonto()).map(({ status }) => status).toSorted()).not.toContain("open");
    expect(await unmatched()).toEqual([]);
  });
});
