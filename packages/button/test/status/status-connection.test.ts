import { expect } from "@open-wc/testing";
import { QontoPayRedirectEvent } from "../../src/index.ts";
import {
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
  price,
  push,
  report,
  setScript,
  until,
  untilState,
} from "../support/page.ts";
import { FIRST_PAUSE_MS, withStream, streams, statusesOf, shopWithOpenCheckout } from "../support/watched-shop.ts";

describe("the connection of a button", () => {
  afterEach(closeShops);

  it("is closed when the page is left, and opened when the shopper returns", async () => {
    const { product } = await shopWithOpenCheckout();
    dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
    await until(async () => (await streams(product)) === 0);
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await until(async () => (await streams(product)) === 1);
  });

  it("is closed while the page is hidden", async () => {
    const { product } = await shopWithOpenCheckout();
    const showPage = hidePage();
    try {
      await until(async () => (await streams(product)) === 0);
      const before = (await journal(product)).requests.length;
      const unseen = await mount(product);
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      const other = await openShop(() => ({ prices: [{ body: price() }] }), { "show-amount": "" });
      await until(() => look(other).amount !== "");
      expect((await journal(product)).requests).to.have.length(before);
      unseen.element.remove();
    } finally {
      showPage();
    }
    await until(async () => (await streams(product)) === 1);
  });

  it("is closed when the button is removed, and opened when it is put back", async () => {
    const { element, product } = await shopWithOpenCheckout();
    element.remove();
    await until(async () => (await streams(product)) === 0);
    document.body.append(element);
    await until(async () => (await streams(product)) === 1);
  });

  it("stays closed when a removed button changes or its page is restored", async () => {
    const { element, product } = await shopWithOpenCheckout();
    element.remove();
    await until(async () => (await streams(product)) === 0);
    const before = (await journal(product)).requests.length;
    element.setAttribute("quantity", "2");
    await element.updateComplete;
    element.removeAttribute("quantity");
    await element.updateComplete;
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    const other = await shopWithOpenCheckout();
    expect(await streams(other.product)).to.equal(1);
    expect((await journal(product)).requests).to.have.length(before);
  });

  it("is still a single one after the button was moved", async () => {
    const shop = await shopWithOpenCheckout();
    const before = (await journal(shop.product)).requests.length;
    document.body.prepend(shop.element);
    await until(async () => {
      const { requests, open_streams } = await journal(shop.product);
      return requests.length === before + 1 && open_streams === 1;
    });
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(statusesOf(shop)).to.deep.equal(["open", "processing"]);
  });

  it("is reopened after the Worker was unavailable", async () => {
    const shop = await shopWithOpenCheckout();
    const calmDown = hurry(window, 100, [], FIRST_PAUSE_MS);
    try {
      const { product } = shop;
      await setScript(product, {
        statuses: [{ status: 503, body: "" }, { status: 503, body: "" }, report(product, "paid")],
      });
      await closeStreams(product);
      await untilState(shop, "paid");
      expect(statusesOf(shop)).to.deep.equal(["open", "paid"]);
    } finally {
      calmDown();
    }
  });

  it("is retried at growing intervals of up to five minutes, which start over after a success", async () => {
    const shop = await shopWithOpenCheckout();
    const { product } = shop;
    const waits: number[] = [];
    const calmDown = hurry(window, 10_000, waits, FIRST_PAUSE_MS);
    const pauses = () => waits.map((ms) => ms / 1000);
    try {
      await setScript(product, { statuses: [{ status: 503, body: "" }] });
      await closeStreams(product);
      await until(() => pauses().length >= 7);
      expect(pauses().slice(0, 7)).to.deep.equal([15, 30, 60, 120, 240, 300, 300]);
      await setScript(product, { statuses: [report(product, "processing")] });
      await untilState(shop, "processing");
      await until(async () => (await streams(product)) === 1);
      waits.length = 0;
      await setScript(product, { statuses: [{ status: 503, body: "" }] });
      await closeStreams(product);
      await until(() => pauses().length >= 1);
      expect(pauses()[0]).to.equal(15);
    } finally {
      calmDown();
    }
  });

  it("is not reopened for a button that was removed during a delay", async () => {
    const { element, product } = await shopWithOpenCheckout();
    const calmDown = hurry(window, 50, [], FIRST_PAUSE_MS);
    try {
      const before = (await journal(product)).requests.length;
      await setScript(product, { statuses: [{ status: 503, body: "" }] });
      await closeStreams(product);
      // The stream and a poll, twice. Then the next wait of 300 ms begins.
      await until(async () => (await journal(product)).requests.length === before + 4);
      element.remove();
      const later = await openShop((name) => ({ checkouts: [{ body: checkout(name), delay_ms: 600 }] }));
      later.element.click();
      await until(() => eventsOf(later, QontoPayRedirectEvent).length === 1);
      expect((await journal(product)).requests).to.have.length(before + 4);
    } finally {
      calmDown();
    }
  });

  it("is not reopened for a button that was removed during a request", async () => {
    const { element, product } = await shopWithOpenCheckout();
    const calmDown = hurry(window, 1000, [], FIRST_PAUSE_MS);
    try {
      const before = (await journal(product)).requests.length;
      await setScript(product, {
        statuses: [{ status: 503, body: "" }, { status: 503, body: "", delay_ms: 200 }, report(product, "open")],
      });
      await closeStreams(product);
      await until(async () => (await journal(product)).requests.length === before + 2);
      element.remove();
      // Answered later than the pending poll, and much later than the shortened delay.
      const later = await openShop((name) => ({ checkouts: [{ body: checkout(name), delay_ms: 400 }] }));
      later.element.click();
      await until(() => eventsOf(later, QontoPayRedirectEvent).length === 1);
      expect((await journal(product)).requests).to.have.length(before + 2);
    } finally {
      calmDown();
    }
  });

  it("is not opened without a checkout", async () => {
    const shop = await openShop(withStream);
    await shop.element.updateComplete;
    expect((await journal(shop.product)).requests).to.have.length(0);
  });
});
