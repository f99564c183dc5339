import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent, QontoPayRedirectEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  eventsOf,
  look,
  openShop,
  payCalls,
  type Shop,
  untilState,
  workerError,
} from "./support/page.ts";
import { open, slow, clickUntil, errorCodes } from "./support/clicks.ts";

describe("a click that fails", () => {
  afterEach(closeShops);

  const HTML = "<!doctype html><h1>Internal Server Error</h1>";
  const FAILURES = [
    { name: "a lost connection", code: "network", answer: { drop: true } },
    { name: "a 500 with HTML", code: "bad_answer", answer: { status: 500, body: HTML } },
    { name: "a 200 with HTML", code: "bad_answer", answer: { status: 200, body: HTML } },
    { name: "an empty response", code: "bad_answer", answer: { status: 200, body: "" } },
    { name: "an error without a code", code: "bad_answer", answer: { status: 500, body: { error: { message: "x" } } } },
    {
      name: "a rejection",
      code: "qonto_unavailable",
      answer: { status: 503, body: workerError("qonto_unavailable", "The payment page can't be reached.") },
    },
    {
      name: "a code of a newer Worker",
      code: "brand_new",
      answer: { status: 503, body: workerError("brand_new", "Something new.") },
    },
  ];
  for (const { name, code, answer } of FAILURES) {
    it(`offers a retry of the same attempt after ${name}`, async () => {
      const shop = await openShop((product) => ({ checkouts: [answer, { status: 201, body: checkout(product) }] }));
      await clickUntil(shop, "error");
      expect(errorCodes(shop)).to.deep.equal([code]);
      expect(look(shop)).to.include({ label: "Pay", spoken: "" });
      expect(look(shop).message).not.to.equal("");
      expect(look(shop).message).to.equal(eventsOf(shop, QontoPayErrorEvent)[0]?.message);

      await clickUntil(shop, "idle");
      expect(look(shop)).to.include({ label: "Pay", message: "" });
      const ids = await attemptIds(shop.product);
      expect(ids).to.have.length(2);
      expect(new Set(ids).size).to.equal(1);
    });
  }

  const MALFORMED: readonly unknown[] = [
    null,
    [],
    "text",
    7,
    {},
    { ...checkout("x"), id: 7 },
    { ...checkout("x"), url: null },
    { ...checkout("x"), status: "refunded" },
    { ...checkout("x"), status: "constructor" },
    { ...checkout("x"), status_token: undefined },
    { ...checkout("x"), amount: "13.30" },
  ];
  for (const body of MALFORMED) {
    it(`reports bad_answer for the response ${JSON.stringify(body)}`, async () => {
      const shop = await openShop(() => ({ checkouts: [{ status: 201, body }] }));
      await clickUntil(shop, "error");
      expect(errorCodes(shop)).to.deep.equal(["bad_answer"]);
    });
  }

  for (const url of [
    "javascript:alert(1)",
    "https://pay.qonto.com.evil.example/x",
    "https://user@pay.qonto.com/x",
    "/x",
  ]) {
    it(`does not navigate to ${url}`, async () => {
      const shop = await openShop((product) => ({ checkouts: [{ body: checkout(product, "open", url) }] }));
      await clickUntil(shop, "error");
      expect(errorCodes(shop)).to.deep.equal(["pay_url_not_allowed"]);
      expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);
    });
  }

  it("does not navigate to the loopback with a live key", async () => {
    const shop = await openShop(open, { "publishable-key": "pk_live_demo" });
    await clickUntil(shop, "error");
    expect(errorCodes(shop)).to.deep.equal(["pay_url_not_allowed"]);
  });

  it("reports network if the Worker can't be reached", async () => {
    const shop = await openShop(open, { endpoint: "http://127.0.0.1:9" });
    await clickUntil(shop, "error");
    expect(errorCodes(shop)).to.deep.equal(["network"]);
  });

  for (const [endpoint, code] of [
    ["javascript:alert(1)", "incomplete"],
    ["data:application/json,{}#", "incomplete"],
    ["not an address", "incomplete"],
    ["https:///", "incomplete"],
    ["http://[", "network"],
  ] as const) {
    it(`reports an error for the endpoint ${JSON.stringify(endpoint)}`, async () => {
      const shop = await openShop(open, { endpoint });
      shop.element.click();
      await untilState(shop, "error");
      expect(errorCodes(shop)).to.deep.equal([code]);
      expect(await payCalls(shop.product)).to.have.length(0);
    });
  }

  it("ends after a timeout", async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    AbortSignal.timeout = (ms) => timeout(ms / 1000);
    try {
      const shop = await openShop((product) => ({
        checkouts: [{ body: checkout(product), delay_ms: 2000 }, { body: checkout(product) }],
      }));
      await clickUntil(shop, "error");
      expect(errorCodes(shop)).to.deep.equal(["network"]);
    } finally {
      AbortSignal.timeout = timeout;
    }
  });

  it("shows no message of the Worker, which is for the author of the page", async () => {
    const text = `<img src=x onerror="document.title='owned'"> & more`;
    const shop = await openShop(() => ({ checkouts: [{ status: 422, body: workerError("invalid_request", text) }] }));
    await clickUntil(shop, "error");
    const message = "This payment button is not set up completely. Nothing was charged.";
    expect(look(shop).message).to.equal(message);
    expect(shop.element.shadowRoot?.querySelector("img")).to.equal(null);
    const [event] = eventsOf(shop, QontoPayErrorEvent);
    expect(event).to.include({ message, requestId: "req_1", bubbles: true, composed: true });
  });
});

describe("a busy button", () => {
  afterEach(closeShops);

  /** Clicks, calls `meanwhile`, and resolves after the response would have been handled. */
  async function afterAnswer(shop: Shop, meanwhile: () => void): Promise<void> {
    shop.element.click();
    await untilState(shop, "busy");
    meanwhile();
    // The stand-in for the Worker answers a second button after the first.
    const later = await openShop(slow);
    await clickUntil(later, "idle");
  }

  it("does not navigate after it was removed", async () => {
    const shop = await openShop(slow);
    await afterAnswer(shop, () => shop.element.remove());
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);
    document.body.append(shop.element);
    await clickUntil(shop, "idle");
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  it("does not navigate for a purchase that the page no longer states", async () => {
    const shop = await openShop(slow, { quantity: "1" });
    await afterAnswer(shop, () => shop.element.setAttribute("quantity", "2"));
    expect(look(shop).state).to.equal("idle");
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);
  });

  it("continues when only its label changes", async () => {
    const shop = await openShop(slow);
    await afterAnswer(shop, () => shop.element.setAttribute("label", "buy"));
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
  });

  it("can be clicked again when the shopper returns to the page", async () => {
    const shop = await openShop(slow);
    await afterAnswer(shop, () => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    expect(look(shop)).to.include({ state: "idle", message: "" });
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);
    await clickUntil(shop, "idle");
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });
});
