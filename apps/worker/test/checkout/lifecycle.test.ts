import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { ringAlarm } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import {
  answerAsServer,
  callAsServer,
  openAndName,
  openServerCheckout,
  type ServerCheckout,
  toldTypes,
} from "../support/server.ts";
import { checkoutFor, errorOf, openShop } from "../support/shop.ts";

const ORDER = {
  items: [
    {
      title: "Poster",
      quantity: 1,
      price: { value: "12.00", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
  ],
};

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

function read({ id }: ServerCheckout): Promise<ServerCheckout> {
  return answerAsServer("GET", `checkouts/${id}`);
}

async function openLinks(): Promise<readonly string[]> {
  return (await linksAtQonto()).filter((link) => link.status === "open").map((link) => link.id);
}

describe("a checkout that is canceled", () => {
  it("can no longer be paid, and can be canceled again", async () => {
    const checkout = await openServerCheckout();
    expect(await answerAsServer("POST", `checkouts/${checkout.id}/cancel`)).toMatchObject({ status: "canceled" });
    expect(await openLinks()).toEqual([]);
    expect(await answerAsServer("POST", `checkouts/${checkout.id}/cancel`)).toMatchObject({ status: "canceled" });
    expect(await toldTypes()).toEqual(["checkout.canceled"]);
  });

  it.each(["paid", "pending"])(
    "is rejected if its payment is %s, even before any webhook reports it",
    async (status) => {
      const checkout = await openServerCheckout();
      await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status });
      const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`);
      expect(refused.status).toBe(409);
      expect((await errorOf(refused)).code).toBe("checkout_not_open");
      expect((await read(checkout)).status).toBe(status === "paid" ? "paid" : "processing");
    },
  );

  it("stays open while Qonto is not reachable", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("deactivatePaymentLink", { status: 500 });
    const refused = await callAsServer("POST", `checkouts/${checkout.id}/cancel`);
    expect((await errorOf(refused)).code).toBe("qonto_unavailable");
    expect((await read(checkout)).status).toBe("open");
  });
});

describe("a checkout whose time is over while its link is being created", () => {
  const CALL = { body: { ...ORDER, expires_in: 300 }, idempotencyKey: "order-00001" };

  /** The first try fails. The second one begins in time, and Qonto takes long to answer. */
  async function openTooLate(): Promise<Response> {
    await breakOperation("createPaymentLink", { status: 422 });
    expect((await callAsServer("POST", "checkouts", CALL)).status).toBe(502);
    await breakOperation("createPaymentLink", { delay_ms: 1_500 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 299_000 });
    const retried = callAsServer("POST", "checkouts", CALL);
    await eventually(async () => expect(await callsOf("createPaymentLink")).toHaveLength(2));
    vi.setSystemTime(Date.now() + 2_000);
    await ringAlarm();
    return retried;
  }

  it("is not returned, its link is deactivated, and it has expired", async () => {
    const refused = await openTooLate();
    expect((await errorOf(refused)).code).toBe("checkout_not_open");
    vi.setSystemTime(Date.now() + 2_000);
    await ringAlarm();
    expect((await linksAtQonto()).map((link) => link.status)).toEqual(["canceled"]);
    const { data: checkouts } = await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", "checkouts");
    expect(checkouts).toMatchObject([{ status: "expired", url: null }]);
    expect(await toldTypes()).toEqual(["checkout.expired"]);
  });

  it("gets no link once it is over, even if the alarm is late", async () => {
    await breakOperation("createPaymentLink", { status: 422 });
    await callAsServer("POST", "checkouts", CALL);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 301_000 });
    expect((await errorOf(await callAsServer("POST", "checkouts", CALL))).code).toBe("checkout_not_open");
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
  });
});

describe("a call that is repeated although its checkout was canceled meanwhile", () => {
  const item = { title: "Mug", quantity: 1, unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "20.0" };
  const payment_link = { potential_payment_methods: ["credit_card"], reusable: false, items: [item] };

  it.each([
    ["checkouts", ORDER],
    ["payment_links", { payment_link }],
  ])("is rejected as documented: POST /v1/%s", async (path, body) => {
    const call = { body, idempotencyKey: "order-00001" };
    await breakOperation("createPaymentLink", { status: 422 });
    expect((await callAsServer("POST", path, call)).status).toBe(502);
    const { data: checkouts } = await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", "checkouts");
    await answerAsServer("POST", `checkouts/${checkouts[0]?.id}/cancel`);
    expect((await errorOf(await callAsServer("POST", path, call))).code).toBe("checkout_not_open");
  });
});

describe("a checkout that expires", () => {
  it("is closed at Qonto when its time is over, and becomes expired, not canceled", async () => {
    const checkout = await openServerCheckout({ expires_in: 600 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 599_000 });
    await ringAlarm();
    expect((await read(checkout)).status).toBe("open");
    vi.setSystemTime(Date.now() + 2_000);
    for (let ring = 0; ring < 3; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 2_000);
    }
    expect((await read(checkout)).status).toBe("expired");
    expect(await openLinks()).toEqual([]);
    expect(await toldTypes()).toEqual(["checkout.expired"]);
  });

  it("becomes paid by a payment at the last moment", async () => {
    const checkout = await openServerCheckout({ expires_in: 600 });
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
    for (let ring = 0; ring < 3; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 2_000);
    }
    expect((await read(checkout)).status).toBe("paid");
  });
});

describe("a second checkout for the same reference", () => {
  it("supersedes the first: one link stays payable", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    const second = await openServerCheckout({ reference: "ORDER-1", metadata: { cart: "changed" } });
    await eventually(async () => expect(await openLinks()).toEqual([second.payment_link.id]));
    await eventually(async () => expect(await read(first)).toMatchObject({ status: "canceled" }));
    expect(await read(first)).toMatchObject({ superseded_by: second.id });
  });

  it("supersedes the others among many concurrent ones", async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, cart) =>
        openServerCheckout({ reference: "ORDER-1", metadata: { cart: `${cart}` } }),
      ),
    );
    await eventually(async () => expect(await openLinks()).toHaveLength(1));
  });

  it("does not undo a payment of the first, which causes a separate event", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await breakOperation("deactivatePaymentLink", { status: 500, times: 0 });
    await openAndName("ORDER-1");
    await control("POST", `payment_links/${first.payment_link.id}/payments`, { status: "paid" });
    expect(await answerAsServer("POST", `checkouts/${first.id}/sync`)).toMatchObject({ status: "paid" });
    expect(await toldTypes()).toEqual(["checkout.updated", "checkout.paid", "checkout.paid_after_superseded"]);
  });

  it("from a browser supersedes none, because any page can be made to send a reference", async () => {
    await openServerCheckout({ reference: "ORDER-1" });
    await checkoutFor({ product: "mug", reference: "ORDER-1" });
    await ringAlarm();
    expect(await openLinks()).toHaveLength(2);
  });
});

describe("the list of checkouts", () => {
  interface Page {
    readonly data: readonly { readonly id: string; readonly reference: string | null }[];
    readonly has_more: boolean;
  }

  it("has each once, newest first, regardless of the page size", async () => {
    const opened: string[] = [];
    for (let order = 0; order < 7; order += 1) {
      opened.unshift((await openServerCheckout({ reference: `ORDER-${order}` })).id);
    }
    for (const limit of [1, 2, 3, 7, 100]) {
      const seen: string[] = [];
      for (let isMore = true; isMore; ) {
        const after = seen.length === 0 ? "" : `&after=${seen.at(-1)}`;
        const page = await answerAsServer<Page>("GET", `checkouts?limit=${limit}${after}`);
        seen.push(...page.data.map((checkout) => checkout.id));
        isMore = page.has_more;
      }
      expect(new Set(seen)).toEqual(new Set(opened));
      expect(seen).toHaveLength(opened.length);
    }
  });

  it("is filtered by status, reference and time", async () => {
    const first = await openServerCheckout({ reference: "ORDER-1" });
    await answerAsServer("POST", `checkouts/${first.id}/cancel`);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    const later = new Date(Date.now() - 1_000).toISOString();
    const second = await openServerCheckout({ reference: "ORDER-2" });
    const idsOf = async (query: string) =>
      (await answerAsServer<Page>("GET", `checkouts?${query}`)).data.map((checkout) => checkout.id);
    expect(await idsOf("status=canceled")).toEqual([first.id]);
    expect(await idsOf("status[]=open&status[]=paid")).toEqual([second.id]);
    expect(await idsOf("reference=ORDER-1")).toEqual([first.id]);
    expect(await idsOf(`created_from=${later}`)).toEqual([second.id]);
    expect(await idsOf(`created_before=${later}`)).toEqual([first.id]);
    expect(await idsOf("reference=nothing")).toEqual([]);
  });

  it.each([
    ["status=lost", "status[0]"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["after=co_1", "after"],
    ["after=co_00000000000000000000", "after"],
    ["created_from=yesterday", "created_from"],
    ["page=2", "page"],
  ])("rejects the query %s by the name of the parameter", async (query, param) => {
    expect(await errorOf(await callAsServer("GET", `checkouts?${query}`))).toMatchObject({
      code: "invalid_request",
      param,
    });
  });

  it("has the payments of each as Qonto returns them", async () => {
    const checkout = await openServerCheckout();
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "failed" });
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    const all = await answerAsServer("GET", `checkouts/${checkout.id}/payments?sort_by=creation_date:asc`);
    expect(all).toMatchObject({ payments: [{ status: "failed" }, { status: "paid" }], meta: { total_count: 2 } });
    expect(await callsOf("listPayments")).toHaveLength(1);
  });
});

describe("a checkout with trouble during its creation", () => {
  const attempt = { product: "mug", attempt_id: "attempt-0001" };

  async function firstId(): Promise<string> {
    const { data: checkouts } = await answerAsServer<{ data: readonly { id: string }[] }>("GET", "checkouts");
    const [first] = checkouts;
    if (first === undefined) throw new Error("no checkout yet");
    return first.id;
  }

  it("that is canceled while Qonto creates its link can't be paid, and causes one event", async () => {
    await breakOperation("createPaymentLink", { delay_ms: 1_500 });
    const paying = checkoutFor(attempt);
    const id = await eventually(firstId);
    expect(await answerAsServer("POST", `checkouts/${id}/cancel`)).toMatchObject({ status: "canceled" });
    await paying;
    expect(await answerAsServer("POST", `checkouts/${id}/sync`)).toMatchObject({ status: "canceled" });
    expect(await openLinks()).toEqual([]);
    expect(await toldTypes()).toEqual(["checkout.canceled"]);
  });

  it("that ended without a link gets none later", async () => {
    await breakOperation("createPaymentLink", { status: 400 });
    await expect(checkoutFor(attempt)).rejects.toThrow("qonto_refused");
    await answerAsServer("POST", `checkouts/${await firstId()}/cancel`);
    await expect(checkoutFor(attempt)).rejects.toThrow("checkout_not_open");
    expect(await openLinks()).toEqual([]);
    expect(await toldTypes()).toEqual(["checkout.canceled"]);
  });

  it("that was being paid when its time was over is closed when the payment fails", async () => {
    const checkout = await openServerCheckout({ expires_in: 600 });
    const path = `payment_links/${checkout.payment_link.id}/payments`;
    await control("POST", path, { status: "pending" });
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
    await ringAlarm();
    await control("POST", path, { status: "failed" });
    for (let ring = 0; ring < 4; ring += 1) {
      vi.setSystemTime(Date.now() + 120_000);
      await ringAlarm();
    }
    expect(await openLinks()).toEqual([]);
    expect((await read(checkout)).status).toBe("expired");
  });

  /**
   * A payment is under way for hours while its checkout is over: Qonto repeatedly rejects the deactivation of the link.
   */
  async function failHoursAfterTheEnd(checkout: ServerCheckout, end: () => Promise<unknown>): Promise<void> {
    const path = `payment_links/${checkout.payment_link.id}/payments`;
    await control("POST", path, { status: "pending" });
    // Before the Worker knows of the payment.
    await end();
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 601_000 });
    for (let ring = 0; ring < 12; ring += 1) {
      await ringAlarm();
      vi.setSystemTime(Date.now() + 1_800_000);
    }
    expect((await read(checkout)).status).toBe("processing");
    await control("POST", path, { status: "failed" });
  }

  it.each([
    ["is over", "expired", { expires_in: 600 }, () => Promise.resolve()],
    ["has been replaced", "canceled", {}, () => openAndName("ORDER-1")],
  ])(
    "whose payment fails hours after it %s can't be paid a second time, and is %s",
    async (_what, status, body, end) => {
      const checkout = await openServerCheckout({ reference: "ORDER-1", ...body });
      await failHoursAfterTheEnd(checkout, end);
      expect((await answerAsServer<ServerCheckout>("POST", `checkouts/${checkout.id}/sync`)).status).toBe(status);
      await ringAlarm();
      expect(await openLinks()).not.toContain(checkout.payment_link.id);
      const others = ["checkout.updated", "checkout.expired", "checkout.canceled"];
      const types = (await toldTypes()).filter((type) => !others.includes(type));
      expect(types).toEqual(["checkout.processing"]);
    },
  );

  it("whose end was read while an older answer was on its way stays ended", async () => {
    const checkout = await openServerCheckout();
    await breakOperation("getPaymentLink", { delay_ms: 1_500, when: "after" });
    const slow = answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    await eventually(async () => expect(await callsOf("getPaymentLink")).toHaveLength(1));
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await slow;
    expect((await read(checkout)).status).toBe("canceled");
    expect(await toldTypes()).toEqual(["checkout.canceled"]);
  });
});
