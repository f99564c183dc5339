import { expect } from "@open-wc/testing";
import { QontoPayRedirectEvent, QontoPayStartEvent, QontoPayStatusEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  eventsOf,
  journal,
  look,
  mount,
  newProduct,
  offerOf,
  openShop,
  payCalls,
  untilState,
  until,
  workerError,
  WORKER,
} from "./support/page.ts";
import { alreadyPaid, open, slow, clickUntil, errorCodes } from "./support/clicks.ts";

describe("a click", () => {
  afterEach(closeShops);

  it("sends one request that needs no preflight and carries no cookie", async () => {
    document.cookie = "session=secret";
    const shop = await openShop(open, { quantity: "2", reference: "AB-1" });
    await clickUntil(shop, "idle");

    const calls = await payCalls(shop.product);
    expect(calls).to.have.length(1);
    expect(calls[0]?.url).to.equal("/v1/checkouts");
    expect(calls[0]?.headers).to.include({
      "content-type": "text/plain;charset=UTF-8",
      origin: location.origin,
      referer: `${location.origin}/`,
    });
    expect(calls[0]?.headers).not.to.have.property("cookie");
    const { attempt_id, ...rest } = JSON.parse(calls[0]?.body ?? "") as Record<string, unknown>;
    expect(attempt_id).to.match(/^[A-Za-z0-9_-]{8,64}$/);
    expect(rest).to.deep.equal({
      publishable_key: "pk_sandbox_demo",
      product: shop.product,
      quantity: 2,
      reference: "AB-1",
    });
  });

  it("sends the amount that the shopper chose", async () => {
    const shop = await openShop(open, { amount: "5.00" });
    await clickUntil(shop, "idle");
    const [call] = await payCalls(shop.product);
    expect(JSON.parse(call?.body ?? "")).to.include({ amount: "5.00" });
  });

  it("sends the request to the origin of the script if there is no endpoint", async () => {
    const shop = await openShop(open);
    shop.element.removeAttribute("endpoint");
    await clickUntil(shop, "idle");
    const [call] = await payCalls(shop.product);
    expect(call?.headers["host"]).to.equal(location.host);
  });

  it("fires qonto-pay-redirect, and does not navigate if the page cancels it", async () => {
    const shop = await openShop(open);
    await clickUntil(shop, "idle");
    const [event] = eventsOf(shop, QontoPayRedirectEvent);
    expect(event?.url).to.equal(`${WORKER}/pay/${shop.product}`);
    expect(event?.checkoutId).to.equal(shop.product);
    expect(event).to.include({ bubbles: true, composed: true, cancelable: true });
  });

  it("sends nothing if the page cancels qonto-pay-start", async () => {
    const shop = await openShop(open);
    shop.element.addEventListener("qonto-pay-start", (event) => event.preventDefault());
    shop.element.click();
    expect(look(shop).state).to.equal("idle");
    expect(eventsOf(shop, QontoPayStartEvent)).to.have.length(1);
    expect(await payCalls(shop.product)).to.have.length(0);
  });

  it("uses attributes that the page sets during qonto-pay-start", async () => {
    const shop = await openShop(open);
    shop.element.addEventListener("qonto-pay-start", () => shop.element.setAttribute("reference", "AB-2"));
    await clickUntil(shop, "idle");
    const calls = await payCalls(shop.product);
    expect(calls).to.have.length(1);
    expect(JSON.parse(calls[0]?.body ?? "")).to.include({ reference: "AB-2" });
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
  });

  it("sends nothing if the page removes the button during qonto-pay-start", async () => {
    const shop = await openShop(open);
    shop.element.addEventListener("qonto-pay-start", () => shop.element.remove());
    shop.element.click();
    expect(look(shop).state).to.equal("idle");
    expect(await payCalls(shop.product)).to.have.length(0);
  });

  it("sends one request, regardless of how often it is repeated", async () => {
    const shop = await openShop(slow);
    for (let clicks = 0; clicks < 5; clicks += 1) shop.element.click();
    await untilState(shop, "busy");
    shop.element.click();
    await untilState(shop, "idle");
    expect(await payCalls(shop.product)).to.have.length(1);
    expect(eventsOf(shop, QontoPayStartEvent)).to.have.length(1);
  });

  it("does nothing on a disabled button", async () => {
    const shop = await openShop(open, { disabled: "" });
    shop.element.click();
    expect(look(shop).button.disabled).to.equal(true);
    expect(shop.events).to.have.length(0);
  });

  it("uses properties that the page has just set", async () => {
    const shop = await openShop(open, { disabled: "" });
    shop.element.disabled = false;
    shop.element.click();
    shop.element.disabled = true;
    shop.element.click();
    await untilState(shop, "idle");
    expect(eventsOf(shop, QontoPayStartEvent)).to.have.length(1);
  });

  it("does nothing on a button that is not in the document", async () => {
    const element = document.createElement("qonto-pay-button");
    const product = newProduct();
    Object.assign(element, { endpoint: WORKER, publishableKey: "pk_sandbox_demo", product });
    element.click();
    expect(await payCalls(product)).to.have.length(0);
  });

  it("does not submit a form around the button", async () => {
    const shop = await openShop(open);
    const form = document.createElement("form");
    let isSent = false;
    form.addEventListener("submit", (event) => {
      isSent = true;
      event.preventDefault();
    });
    shop.element.replaceWith(form);
    form.append(shop.element);
    await clickUntil(shop, "idle");
    expect(isSent).to.equal(false);
    form.remove();
  });

  it("starts another attempt for another offer, but not for an offer that was signed again", async () => {
    const shop = await openShop(open);
    shop.element.removeAttribute("product");
    for (const claims of [
      { iat: 1, exp: 2 },
      { iat: 3, exp: 4 },
      { iat: 3, exp: 4, jti: "other" },
    ]) {
      shop.element.setAttribute("offer", offerOf(shop.product, claims));
      await clickUntil(shop, "idle");
    }
    const [first, again, other] = await attemptIds(shop.product);
    expect(again).to.equal(first);
    expect(other).not.to.equal(first);
  });

  it("reports incomplete if the items can't be parsed", async () => {
    const shop = await openShop(open);
    shop.element.removeAttribute("product");
    shop.element.setAttribute("items", "[{");
    shop.element.click();
    await untilState(shop, "error");
    expect(errorCodes(shop)).to.deep.equal(["incomplete"]);
  });

  for (const missing of ["publishable-key", "product"]) {
    it(`reports incomplete if the ${missing} is missing`, async () => {
      const shop = await openShop(open);
      shop.element.removeAttribute(missing);
      shop.element.click();
      await untilState(shop, "error");
      expect(errorCodes(shop)).to.deep.equal(["incomplete"]);
      expect(await payCalls(shop.product)).to.have.length(0);
    });
  }
});

describe("an attempt to pay", () => {
  afterEach(closeShops);

  it("is the same after a reload of the page", async () => {
    const first = await openShop(open);
    await clickUntil(first, "idle");
    first.element.remove();
    const second = await mount(first.product);
    await clickUntil(second, "idle");
    const ids = await attemptIds(first.product);
    expect(ids).to.have.length(2);
    expect(new Set(ids).size).to.equal(1);
  });

  it("is the same on two buttons for one purchase", async () => {
    const first = await openShop(open);
    const second = await mount(first.product);
    await clickUntil(first, "idle");
    await clickUntil(second, "idle");
    expect(new Set(await attemptIds(first.product)).size).to.equal(1);
  });

  for (const [name, value] of [
    ["quantity", "3"],
    ["amount", "7.00"],
    ["reference", "AB-9"],
    ["publishable-key", "pk_sandbox_other"],
  ] as const) {
    it(`is a new one with another ${name}`, async () => {
      const shop = await openShop(open);
      await clickUntil(shop, "idle");
      shop.element.setAttribute(name, value);
      await clickUntil(shop, "idle");
      expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
    });
  }

  for (const code of ["price_changed", "idempotency_key_reused", "checkout_not_open"]) {
    it(`ends after ${code}`, async () => {
      const refused = { status: 409, body: workerError(code, "Please try again.") };
      const shop = await openShop((product) => ({ checkouts: [refused, { body: checkout(product) }] }));
      await clickUntil(shop, "error");
      await clickUntil(shop, "idle");
      expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
    });
  }

  for (const status of ["expired", "canceled"] as const) {
    it(`is followed by a new one at once if its checkout is ${status}`, async () => {
      const shop = await openShop((product) => ({
        checkouts: [{ body: checkout(product, status) }, { status: 201, body: checkout(product) }],
      }));
      await clickUntil(shop, "idle");
      expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
      expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
      expect(errorCodes(shop)).to.have.length(0);
    });

    it(`is repeated only once if each checkout is ${status}`, async () => {
      const shop = await openShop((product) => ({ checkouts: [{ body: checkout(product, status) }] }));
      await clickUntil(shop, "error");
      expect(await payCalls(shop.product)).to.have.length(2);
      expect(errorCodes(shop)).to.deep.equal(["bad_answer"]);
    });
  }

  it("that is already paid shows Paid and does not navigate", async () => {
    const shop = await openShop(alreadyPaid, {
      reference: "AB-3",
    });
    await clickUntil(shop, "paid");
    const [event] = eventsOf(shop, QontoPayStatusEvent);
    expect(event?.report).to.deep.include({ id: shop.product, status: "paid", reference: "AB-3" });

    shop.element.click();
    expect(look(shop).state).to.equal("paid");
    expect(await payCalls(shop.product)).to.have.length(1);
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);

    shop.element.remove();
    const next = await mount(shop.product, { reference: "AB-3" });
    await clickUntil(next, "paid");
    expect(new Set(await attemptIds(shop.product)).size, "an order is paid once").to.equal(1);
  });

  it("that is being processed can't be paid twice", async () => {
    const shop = await openShop((product) => ({
      checkouts: [{ body: checkout(product, "processing") }],
      statuses: [{ id: product, status: "processing", amount: { value: "13.30", currency: "EUR" } }],
    }));
    await clickUntil(shop, "processing");
    shop.element.click();
    await until(async () => (await journal(shop.product)).open_streams === 1);
    expect(look(shop).state).to.equal("processing");
    expect(await payCalls(shop.product)).to.have.length(1);
    expect(eventsOf(shop, QontoPayStatusEvent)).to.have.length(1);
  });
});
