import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { moveClock, ringUntil, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, openServerCheckout, type ServerCheckout } from "../support/server.ts";
import { openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

describe("payments of a reusable checkout", () => {
  const payOnce = ({ payment_link }: ServerCheckout, status = "paid") =>
    control("POST", `payment_links/${payment_link.id}/payments`, { status, force: true });

  /** Starts a payment that stays under way. @returns its id. */
  async function begin(checkout: ServerCheckout): Promise<string> {
    const { payment } = (await payOnce(checkout, "pending")) as { payment: { id: string } };
    return payment.id;
  }

  const settle = ({ payment_link }: ServerCheckout, payment_id: string) =>
    control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid", payment_id });

  async function payTimes(checkout: ServerCheckout, count: number): Promise<void> {
    for (let paid = 0; paid < count; paid += 50) {
      await Promise.all(Array.from({ length: Math.min(50, count - paid) }, () => payOnce(checkout)));
    }
  }

  async function reported(): Promise<readonly (string | undefined)[]> {
    const ids: (string | undefined)[] = [];
    let after = "";
    for (let isMore = true; isMore; ) {
      const page = await answerAsServer<{
        data: readonly { id: string; type: string; data: { payment?: { id: string } } }[];
        has_more: boolean;
      }>("GET", `events?limit=100${after}`);
      ids.push(
        ...page.data.filter(({ type }) => type === "checkout.payment_received").map(({ data }) => data.payment?.id),
      );
      after = `&after=${page.data.at(-1)?.id}`;
      isMore = page.has_more;
    }
    return ids;
  }

  const sync = ({ id }: ServerCheckout) => answerAsServer<ServerCheckout>("POST", `checkouts/${id}/sync`);

  it("are each reported once, 1,200 between two reads, and another one causes one read of a page", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    await payTimes(checkout, 1_200);
    await sync(checkout);
    // The rest of one run is read at once, not with the next poll of the checkout.
    await untilAtRest();
    expect(await reported()).toHaveLength(1_200);
    expect(new Set(await reported()).size).toBe(1_200);
    await control("DELETE", "journal");
    await payOnce(checkout);
    await sync(checkout);
    expect(await reported()).toHaveLength(1_201);
    expect(await callsOf("listPayments")).toHaveLength(1);
  });

  it("are all reported although pages fail in between", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    await payTimes(checkout, 450);
    await breakOperation("listPayments", { extra_fields: true, times: 2 });
    await breakOperation("listPayments", { status: 500, times: 3 });
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`).catch(() => null);
    expect((await reported()).length).toBe(200);
    await payTimes(checkout, 30);
    await ringUntil(async () => expect((await reported()).length).toBe(480), 31_000);
    expect(new Set(await reported()).size).toBe(480);
  });

  it("that were begun long ago and are paid only now are reported, with Qonto's filter and count", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    const pending = await begin(checkout);
    await payTimes(checkout, 250);
    await sync(checkout);
    expect(await reported()).toHaveLength(250);
    await settle(checkout, pending);
    await sync(checkout);
    expect(await reported()).toHaveLength(251);
    await control("DELETE", "journal");
    await payOnce(checkout);
    await sync(checkout);
    expect(await reported()).toHaveLength(252);
    expect(await callsOf("listPayments")).toHaveLength(1);
  });

  it("that were begun long ago and are paid only now are reported within a day if Qonto's count covers every status", async () => {
    await control("PUT", "behaviour", { payments_total: "unfiltered" });
    const checkout = await openServerCheckout({ reusable: true });
    const pending = await begin(checkout);
    await payTimes(checkout, 250);
    await sync(checkout);
    await untilAtRest();
    expect(await reported()).toHaveLength(250);
    await settle(checkout, pending);
    await moveClock(24 * 3_600_000 + 60_000);
    await sync(checkout);
    expect(await reported()).toHaveLength(251);
  });

  it("are found among abandoned tries if Qonto rejects the filter", async () => {
    const checkout = await openServerCheckout({ reusable: true });
    await payTimes(checkout, 20);
    for (let tried = 0; tried < 130; tried += 1) await payOnce(checkout, "failed");
    await breakOperation("listPayments", { status: 400 });
    await sync(checkout);
    expect(await reported()).toHaveLength(20);
  });
});
