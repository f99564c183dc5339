import { expect } from "@open-wc/testing";
import { QontoPayRedirectEvent, QontoPayStatusEvent } from "../../src/index.ts";
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
  until,
  untilState,
  workerError,
} from "../support/page.ts";
import { FIRST_PAUSE_MS, withStream, streams, statusesOf, shopWithOpenCheckout } from "../support/watched-shop.ts";

describe("a button with an open checkout", () => {
  afterEach(closeShops);

  it("offers to continue, and fires an event with the checkout", async () => {
    const shop = await shopWithOpenCheckout();
    await untilState(shop, "waiting");
    expect(look(shop)).to.include({ label: "Pay", hint: "Not paid yet. The button continues this payment." });
    const [event] = eventsOf(shop, QontoPayStatusEvent);
    expect(event?.report).to.deep.equal(report(shop.product, "open"));
    expect(event).to.include({ bubbles: true, composed: true });
  });

  it("reads the status with its token and without a preflight", async () => {
    const { product } = await shopWithOpenCheckout();
    const [, watch] = (await journal(product)).requests;
    expect(watch?.url).to.equal(`/v1/checkouts/${product}/status?token=${encodeURIComponent(`token of ${product}`)}`);
  });

  it("still has it after a reload of the page", async () => {
    const before = await shopWithOpenCheckout();
    before.element.remove();
    const after = await mount(before.product);
    await untilState(after, "waiting");
    expect(statusesOf(after)).to.deep.equal(["open"]);
    after.element.click();
    await until(() => eventsOf(after, QontoPayRedirectEvent).length === 1);
    expect(new Set(await attemptIds(before.product)).size).to.equal(1);
  });

  it("shows processing and then paid, closes the connection and deletes the attempt", async () => {
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

  it("can still be paid if processing fails", async () => {
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
    it(`starts a new attempt once it is ${status}`, async () => {
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

  it("shows paid, and does not pay again, if another window received the status first", async () => {
    const shop = await shopWithOpenCheckout();
    await untilState(shop, "waiting");
    const showPage = hidePage();
    try {
      await until(async () => (await streams(shop.product)) === 0);
      // The other window deletes the attempt when it receives the status.
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
    it(`of an order is paid by a payment that arrives after it is ${status}`, async () => {
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

  it("fires one event per change, regardless of repeated messages", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "open");
    await push(shop.product, "processing");
    await push(shop.product, "processing");
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing", "paid"]);
  });

  it("is idle for another purchase after this one is paid", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    shop.element.setAttribute("reference", "AB-2");
    await untilState(shop, "idle");
    expect(look(shop).label).to.equal("Pay");
  });

  it("stays paid when the shopper returns to the page, and when it is moved", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    document.body.prepend(shop.element);
    await shop.element.updateComplete;
    expect(look(shop).state).to.equal("paid");
  });

  it("does not navigate if it becomes paid during a click", async () => {
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

  it("deletes a checkout that the Worker does not know", async () => {
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
    it(`keeps a checkout if the status request is answered with ${status}`, async () => {
      const shop = await shopWithOpenCheckout();
      shop.element.remove();
      const before = (await journal(shop.product)).requests.length;
      await setScript(shop.product, { statuses: [{ status, body: "<h1>Not now</h1>" }] });
      const next = await mount(shop.product);
      // The stream request, and a poll after it failed.
      await until(async () => (await journal(shop.product)).requests.length === before + 2);
      next.element.click();
      await until(() => eventsOf(next, QontoPayRedirectEvent).length === 1);
      expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
    });
  }

  it("can be clicked again if a checkout that was processing is no longer known", async () => {
    const shop = await shopWithOpenCheckout();
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    const unknown = { status: 404, body: workerError("checkout_not_found", "This checkout does not exist.") };
    await setScript(shop.product, { statuses: [unknown] });
    await closeStreams(shop.product);
    await untilState(shop, "idle");
    expect(look(shop).message).to.equal("");
  });

  it("ignores messages that violate the contract", async () => {
    const shop = await shopWithOpenCheckout();
    for (const status of ["refunded", "", "constructor"]) await push(shop.product, status as never);
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing"]);
  });
});

describe("a status request that is rejected permanently", () => {
  afterEach(closeShops);

  for (const [status, body] of [
    [401, workerError("invalid_key", "This shop's payment key is not valid.")],
    [403, workerError("origin_not_allowed", "Payments are not allowed from this website.")],
    [404, "<h1>Not found</h1>"],
  ] as const) {
    it(`with ${status} is not repeated, and the button keeps the checkout`, async () => {
      const shop = await shopWithOpenCheckout();
      const { requests } = await journal(shop.product);
      const calmDown = hurry(window, 1000, [], FIRST_PAUSE_MS);
      try {
        await setScript(shop.product, { statuses: [{ status, body }] });
        await closeStreams(shop.product);
        // The stream request, and a poll after it failed.
        await until(async () => (await journal(shop.product)).requests.length === requests.length + 2);
        // Answered later, and much later than the shortened delay before a repeated request.
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
