import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { moveClock, ringAlarm, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { checkoutFor, KEY, openShop, pay } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

const CREATED = { event: "created", status: "open" };

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

async function openMug(): Promise<{ readonly id: string; readonly linkId: string }> {
  const { id } = await checkoutFor({ product: "mug" });
  return { id, linkId: (await linksAtQonto())[0]?.id ?? "" };
}

/** Returns how often links were read at Qonto, once no read is due. */
async function reads(): Promise<number> {
  await untilAtRest();
  return (await callsOf("getPaymentLink")).length;
}

async function statusOf(id: string): Promise<string> {
  return (await (await callAsServer("GET", `checkouts/${id}`)).json<{ status: string }>()).status;
}

describe("the event of the creation of a link", () => {
  it("causes no call to Qonto if the link was just recorded", async () => {
    const { linkId } = await openMug();
    const sent = await deliverEvent(paymentLinkEvent(linkId, CREATED));
    expect(sent.ok).toBe(true);
    expect(await reads()).toBe(0);
    expect(await callsOf("listPayments")).toHaveLength(0);
  });

  it("causes no call to Qonto if it overtakes the answer to the create call", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_000, when: "after" });
    const paying = pay({ publishable_key: KEY, product: "mug" });
    await deliverEvent(paymentLinkEvent(await newLink(), CREATED));
    expect((await paying).status).toBe(201);
    expect(await reads()).toBe(0);
  });

  it("does not hide a payment, even if all that it says is wrong", async () => {
    const { id, linkId } = await openMug();
    await control("POST", `payment_links/${linkId}/payments`, { status: "paid" });
    await deliverEvent(paymentLinkEvent(linkId, CREATED));
    expect(await reads()).toBe(0);
    await ringAlarmAfter(60_000);
    await eventually(async () => expect(await statusOf(id)).toBe("paid"));
  });
});

describe("a link is read at once", () => {
  it.each([
    ["says that the link was updated", { event: "updated", status: "open" }],
    ["reports the creation of a link with another status", { event: "created", status: "processing" }],
    ["has an unknown kind", { event: "renewed", status: "open" }],
    ["states neither kind nor status", { event: undefined, status: undefined }],
    ["has a kind that is no text", { event: 1, status: "open" }],
  ])("if an event %s", async (_what, detail) => {
    const { linkId } = await openMug();
    const event = paymentLinkEvent(linkId);
    await deliverEvent({ ...event, data: { ...event.data, ...detail } });
    expect(await reads()).toBeGreaterThan(0);
  });

  it("if a second event reports its creation", async () => {
    const { linkId } = await openMug();
    await deliverEvent(paymentLinkEvent(linkId, CREATED));
    await deliverEvent(paymentLinkEvent(linkId, CREATED));
    expect(await reads()).toBeGreaterThan(0);
  });

  it("if the event of its creation arrives after its first poll", async () => {
    const { linkId } = await openMug();
    await ringAlarmAfter(60_000);
    const before = await reads();
    // The next poll comes later.
    await moveClock(61_000);
    await deliverEvent(paymentLinkEvent(linkId, CREATED));
    await ringAlarm();
    expect((await callsOf("getPaymentLink")).length).toBeGreaterThan(before);
  });

  it("if another event than that of its creation overtakes the answer to the create call", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_000, when: "after" });
    const paying = pay({ publishable_key: KEY, product: "mug" });
    const linkId = await newLink();
    await deliverEvent(paymentLinkEvent(linkId, CREATED));
    await deliverEvent(paymentLinkEvent(linkId, { event: "updated", status: "processing" }));
    expect((await paying).status).toBe(201);
    expect(await reads()).toBeGreaterThan(0);
  });
});

/** Returns the id of the link that Qonto has just created. */
async function newLink(): Promise<string> {
  let linkId: string | undefined;
  await eventually(async () => {
    linkId = (await linksAtQonto())[0]?.id;
    expect(linkId).toBeDefined();
  });
  return linkId ?? "";
}
