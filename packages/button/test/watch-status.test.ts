import { expect } from "@open-wc/testing";
import { QontoPayRedirectEvent, QontoPayStatusEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  closeStreams,
  eventsOf,
  hidePage,
  hurry,
  journal,
  look,
  mount,
  openShop,
  push,
  report,
  setScript,
  type Shop,
  until,
  untilState,
  workerError,
} from "./support/page.ts";

/** Until a stream that was refused is opened again. Shorter waits are left as they are. */
const FIRST_PAUSE_MS = 15_000;

const withStream = (product: string) => ({
  checkouts: [{ status: 201, body: checkout(product) }],
  statuses: [report(product, "open")],
});

const streams = async (product: string): Promise<number> => (await journal(product)).open_streams;
const statusesOf = (shop: Shop): string[] => eventsOf(shop, QontoPayStatusEvent).map((event) => event.report.status);

/** A shop whose shopper went to the pay page and came back; it watches. */
async function shopWithOpenCheckout(): Promise<Shop> {
  const shop = await openShop(withStream);
  shop.element.click();
  await until(async () => (await streams(shop.product)) === 1 && statusesOf(shop).length === 1);
  return shop;
}

describe("a button with an open checkout", () => {
  afterEach(closeShops);

  it("offers to go on, and tells the page about the checkout", async () => {
    const shop = await shopWithOpenCheckout();
    await untilState(shop, "waiting");
    expect(look(shop)).to.include({ label: "Continue payment", hint: "", spoken: "" });
    const [event] = eventsOf(shop, QontoPayStatusEvent);
    expect(event?.report).to.deep.equal(report(shop.product, "open"));
    expect(event).to.include({ bubbles: true, composed: true });
  });

  it("reads the status with the token that it was given, and without a preflight", async () => {
    const { product } = await shopWithOpenCheckout();
    const [, watch] = (await journal(product)).requests;
    expect(watch?.url).to.equal(`/v1/checkouts/${product}/status?token=${encodeURIComponent(`token of ${product}`)}`);
  });

  it("knows it after the page was loaded again", async () => {
    const before = await shopWithOpenCheckout();
    before.element.remove();
    const after = await mount(before.product);
    await untilState(after, "waiting");
    expect(statusesOf(after)).to.deep.equal(["open"]);
    after.element.click();
    await until(() => eventsOf(after, QontoPayRedirectEvent).length === 1);
    expect(new Set(await attemptIds(before.product)).size).to.equal(1);
  });

  it("shows processing and then paid as it happens, closes the connection and forgets", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(look(shop)).to.include({ label: "Processing", spoken: "Your payment is being processed." });
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    expect(look(shop)).to.include({ label: "Paid", spoken: "Your payment was received." });
    expect(look(shop).button.getAttribute("aria-disabled")).to.equal("true");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing", "paid"]);
    await until(async () => (await streams(shop.product)) === 0);

    shop.element.click();
    expect(await attemptIds(shop.product)).to.have.length(1);
    shop.element.remove();
    const next = await mount(shop.product);
    expect(look(next).state).to.equal("idle");
    next.element.click();
    await until(() => eventsOf(next, QontoPayRedirectEvent).length === 1);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
  });

  it("still shows an order as paid on a later visit", async () => {
    const shop = await openShop(withStream, { reference: "AB-1" });
    shop.element.click();
    await until(() => statusesOf(shop).length === 1);
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    shop.element.remove();
    await setScript(shop.product, { statuses: [report(shop.product, "paid")] });
    const next = await mount(shop.product, { reference: "AB-1" });
    await untilState(next, "paid");
    next.element.click();
    expect(await attemptIds(shop.product)).to.have.length(1);
    await until(async () => (await streams(shop.product)) === 0);
  });

  it("can be paid after all when the processing came to nothing", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    await push(shop.product, "open");
    await untilState(shop, "waiting");
    expect(look(shop).message).to.equal("");
    shop.element.click();
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 2);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  for (const status of ["expired", "canceled"] as const) {
    it(`begins a new attempt once it is ${status}`, async () => {
      const shop = await shopWithOpenCheckout();
      await push(shop.product, status);
      await until(() => statusesOf(shop).includes(status));
      await untilState(shop, "idle");
      expect(look(shop).message).to.equal("");
      await until(async () => (await streams(shop.product)) === 0);
      shop.element.click();
      await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 2);
      expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
    });
  }

  it("shows paid also where another window of the shop was told first, and pays no second time", async () => {
    const shop = await shopWithOpenCheckout();
    await untilState(shop, "waiting");
    const showPage = hidePage();
    try {
      await until(async () => (await streams(shop.product)) === 0);
      // What that window does once it is told.
      localStorage.clear();
      await setScript(shop.product, { ...withStream(shop.product), statuses: [report(shop.product, "paid")] });
    } finally {
      showPage();
    }
    await untilState(shop, "paid");
    expect(statusesOf(shop)).to.deep.equal(["open", "paid"]);
    shop.element.click();
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  for (const status of ["expired", "canceled"] as const) {
    it(`of an order is paid after all by a payment that comes after it is ${status}`, async () => {
      const order = { reference: "AB-1" };
      const shop = await openShop(withStream, order);
      shop.element.click();
      await untilState(shop, "waiting");
      await push(shop.product, status);
      await untilState(shop, "idle");
      shop.element.remove();
      await setScript(shop.product, { ...withStream(shop.product), statuses: [report(shop.product, "paid")] });
      await untilState(await mount(shop.product, order), "paid");
      expect(await attemptIds(shop.product)).to.have.length(1);
    });
  }

  it("tells the page each change once, however often it is said", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "open");
    await push(shop.product, "processing");
    await push(shop.product, "processing");
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing", "paid"]);
  });

  it("is fresh for another purchase when this one is paid", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    shop.element.setAttribute("reference", "AB-2");
    await untilState(shop, "idle");
    expect(look(shop).label).to.equal("Pay");
  });

  it("stays paid when the shopper comes back to the page, and when it is moved", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    document.body.prepend(shop.element);
    await shop.element.updateComplete;
    expect(look(shop).state).to.equal("paid");
  });

  it("does not leave when it turns out to be paid during a click", async () => {
    const shop = await shopWithOpenCheckout();
    await setScript(shop.product, { checkouts: [{ body: checkout(shop.product), delay_ms: 300 }] });
    shop.element.click();
    await untilState(shop, "busy");
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    await until(async () => (await attemptIds(shop.product)).length === 2);
    const later = await openShop((product) => ({ checkouts: [{ body: checkout(product), delay_ms: 300 }] }));
    later.element.click();
    await until(() => eventsOf(later, QontoPayRedirectEvent).length === 1);
    expect(look(shop).state).to.equal("paid");
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
  });

  it("forgets a checkout that the Worker does not know", async () => {
    const shop = await shopWithOpenCheckout();
    shop.element.remove();
    const unknown = { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") };
    await setScript(shop.product, { statuses: [unknown] });
    const next = await mount(shop.product);
    await until(() => localStorage.length === 0);
    next.element.click();
    await until(() => eventsOf(next, QontoPayRedirectEvent).length === 1);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
    expect(look(next).message).to.equal("");
  });

  for (const status of [429, 500, 503]) {
    it(`keeps a checkout whose status is answered with ${status}`, async () => {
      const shop = await shopWithOpenCheckout();
      shop.element.remove();
      const before = (await journal(shop.product)).requests.length;
      await setScript(shop.product, { statuses: [{ status, body: "<h1>Not now</h1>" }] });
      const next = await mount(shop.product);
      // The stream, and the question why there is none.
      await until(async () => (await journal(shop.product)).requests.length === before + 2);
      next.element.click();
      await until(() => eventsOf(next, QontoPayRedirectEvent).length === 1);
      expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
    });
  }

  it("is live again where a checkout that was processing is unknown all at once", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    const unknown = { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") };
    await setScript(shop.product, { statuses: [unknown] });
    await closeStreams(shop.product);
    await untilState(shop, "idle");
    expect(look(shop).message).to.equal("");
  });

  it("ignores messages that are none of the contract", async () => {
    const shop = await shopWithOpenCheckout();
    for (const status of ["refunded", "", "constructor"]) await push(shop.product, status as never);
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing"]);
  });
});

describe("a status that is refused for good", () => {
  afterEach(closeShops);

  for (const [status, body] of [
    [401, workerError("invalid_key", "This shop's payment key is not valid.")],
    [403, workerError("origin_not_allowed", "Payments are not allowed from this website.")],
    [404, "<h1>Not found</h1>"],
  ] as const) {
    it(`with ${status} is not asked for again, and the checkout stays the button's own`, async () => {
      const shop = await shopWithOpenCheckout();
      const { requests } = await journal(shop.product);
      const calmDown = hurry(window, 1000, [], FIRST_PAUSE_MS);
      try {
        await setScript(shop.product, { statuses: [{ status, body }] });
        await closeStreams(shop.product);
        // The stream, and the question why there is none.
        await until(async () => (await journal(shop.product)).requests.length === requests.length + 2);
        // Answered later, and by far more than the pause before asking again.
        const later = await openShop((name) => ({ checkouts: [{ body: checkout(name), delay_ms: 400 }] }));
        later.element.click();
        await until(() => eventsOf(later, QontoPayRedirectEvent).length === 1);
        expect((await journal(shop.product)).requests).to.have.length(requests.length + 2);
      } finally {
        calmDown();
      }
      shop.element.click();
      await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 2);
      expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
    });
  }
});
