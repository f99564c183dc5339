import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent, QontoPayRedirectEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  eventsOf,
  journal,
  look,
  newProduct,
  offerOf,
  openShop,
  payCalls,
  price,
  report,
  setScript,
  type Shop,
  until,
  untilState,
  WORKER,
  workerError,
} from "./support/page.ts";

const SHOW = { "show-amount": "" };
const CHANGED = { status: 409, body: workerError("price_changed", "The price has changed.") };
const CHANGED_MESSAGE = "The price has changed. Please check it before you pay. Nothing was charged.";
const priced = (product: string) => ({
  prices: [{ body: price() }],
  checkouts: [{ status: 201, body: checkout(product) }],
});

async function priceCalls(product: string): Promise<readonly unknown[]> {
  const { requests } = await journal(product);
  return requests.filter(({ url }) => url === "/v1/prices").map(({ body }) => JSON.parse(body) as unknown);
}

/** Waits for an amount. All kinds of spaces count as equal. */
async function untilAmount(shop: Shop, amount: string): Promise<void> {
  await until(async () => {
    await shop.element.updateComplete;
    return look(shop).amount?.replace(/\s/g, " ") === amount;
  });
}

async function sentByClick(shop: Shop): Promise<Record<string, unknown>> {
  const before = shop.events.length;
  shop.element.click();
  await until(() => shop.events.slice(before).some(({ type }) => /redirect|error/.test(type)));
  return JSON.parse((await payCalls(shop.product)).at(-1)?.body ?? "") as Record<string, unknown>;
}

describe("the amount on the button", () => {
  afterEach(closeShops);

  it("is read once, shown, and sent as shown_amount", async () => {
    const shop = await openShop(priced, SHOW);
    await untilAmount(shop, "€13.30");
    expect(await sentByClick(shop)).to.deep.include({ shown_amount: { value: "13.30", currency: "EUR" } });
    expect(await priceCalls(shop.product)).to.deep.equal([
      { publishable_key: "pk_sandbox_demo", product: shop.product },
    ]);
    expect((await journal(shop.product)).requests[1]?.url, "the click's first request").to.equal("/v1/checkouts");
  });

  it("is read if React has rendered the attributes on a server under its own names", async () => {
    const product = newProduct();
    await setScript(product, priced(product));
    const place = document.createElement("div");
    place.innerHTML = `<qonto-pay-button publishableKey="pk_sandbox_react" product="${product}" showAmount="" endpoint="${WORKER}"></qonto-pay-button>`;
    document.body.append(place);
    await until(async () => (await priceCalls(product)).length > 0);
    expect(await priceCalls(product)).to.deep.equal([{ publishable_key: "pk_sandbox_react", product }]);
    place.remove();
  });

  it("is neither read nor sent without show-amount", async () => {
    const shop = await openShop(priced);
    expect(await sentByClick(shop)).not.to.have.property("shown_amount");
    expect(look(shop).amount).to.equal("");
    expect(await priceCalls(shop.product)).to.have.length(0);
  });

  it("is that of the current endpoint, even if an earlier one answers later", async () => {
    const shop = await openShop(
      (product) => ({ ...priced(product), prices: [{ body: price("1.00"), delay_ms: 500 }, { body: price("10.00") }] }),
      SHOW,
    );
    await until(async () => (await priceCalls(shop.product)).length === 1);
    shop.element.setAttribute("endpoint", `${WORKER}/`.replace("127.0.0.1", "localhost"));
    await untilAmount(shop, "€10.00");
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(look(shop).amount).to.equal("€10.00");
  });

  it("is not sent while it is not shown yet", async () => {
    const shop = await openShop(
      (product) => ({ ...priced(product), prices: [{ body: price(), delay_ms: 500 }] }),
      SHOW,
    );
    expect(await sentByClick(shop)).not.to.have.property("shown_amount");
  });

  for (const [name, value, sent] of [
    ["quantity", "2", 2],
    ["amount", "5.00", "5.00"],
  ] as const) {
    it(`is requested with the ${name} that the page states`, async () => {
      const shop = await openShop(priced, { ...SHOW, [name]: value });
      await untilAmount(shop, "€13.30");
      const [asked] = await priceCalls(shop.product);
      expect(asked).to.deep.include({ [name]: sent });
    });
  }

  it("is that of several products, and both calls name them", async () => {
    const shop = await openShop(priced, SHOW);
    await untilAmount(shop, "€13.30");
    const items = [{ product: shop.product, quantity: 2 }, { product: "poster" }];
    await setScript(shop.product, { prices: [{ body: price("36.59") }] });
    shop.element.removeAttribute("product");
    shop.element.setAttribute("items", JSON.stringify(items));
    await untilAmount(shop, "€36.59");
    expect((await priceCalls(shop.product)).at(-1)).to.deep.equal({ publishable_key: "pk_sandbox_demo", items });
    expect(await sentByClick(shop)).to.deep.include({ items, shown_amount: { value: "36.59", currency: "EUR" } });
  });

  it("is that of an offer, and both calls carry it", async () => {
    const shop = await openShop(priced, SHOW);
    await untilAmount(shop, "€13.30");
    const offer = offerOf(shop.product);
    await setScript(shop.product, { prices: [{ body: price("149.99") }] });
    shop.element.removeAttribute("product");
    shop.element.setAttribute("offer", offer);
    await untilAmount(shop, "€149.99");
    expect((await priceCalls(shop.product)).at(-1)).to.deep.equal({ publishable_key: "pk_sandbox_demo", offer });
    expect(await sentByClick(shop)).to.include({ offer });
  });

  it("is what is paid: if only the earlier link had another price, one click starts a new attempt", async () => {
    const shop = await openShop(
      (product) => ({
        prices: [{ body: price("14.00") }],
        checkouts: [
          CHANGED,
          { status: 201, body: { ...checkout(product), amount: { value: "14.0", currency: "EUR" } } },
        ],
      }),
      SHOW,
    );
    await untilAmount(shop, "€14.00");
    await sentByClick(shop);
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
    expect(eventsOf(shop, QontoPayErrorEvent)).to.have.length(0);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
    expect(await priceCalls(shop.product)).to.have.length(2);
  });

  it("is retried automatically with one new attempt, but not with a third", async () => {
    const shop = await openShop(() => ({ prices: [{ body: price() }], checkouts: [CHANGED] }), SHOW);
    await untilAmount(shop, "€13.30");
    await sentByClick(shop);
    await untilState(shop, "error");
    expect(look(shop)).to.include({ amount: "€13.30", message: CHANGED_MESSAGE });
    expect(eventsOf(shop, QontoPayErrorEvent).map(({ code }) => code)).to.deep.equal(["price_changed"]);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
  });

  it("does not restart a payment that is processing at an older price", async () => {
    const shop = await openShop(
      (product) => ({
        prices: [{ body: price("14.00") }],
        checkouts: [{ body: checkout(product, "processing") }],
        statuses: [report(product, "processing")],
      }),
      SHOW,
    );
    await untilAmount(shop, "€14.00");
    shop.element.click();
    await untilState(shop, "processing");
    expect(await payCalls(shop.product)).to.have.length(1);
  });

  it("is what is paid: the button does not navigate if the Worker returns another price", async () => {
    const shop = await openShop(
      (product) => ({ prices: [{ body: price("14.00") }], checkouts: [{ body: checkout(product) }] }),
      SHOW,
    );
    await untilAmount(shop, "€14.00");
    await sentByClick(shop);
    expect(eventsOf(shop, QontoPayErrorEvent).map(({ code }) => code)).to.deep.equal(["bad_answer"]);
    await sentByClick(shop);
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(0);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
  });

  it("follows the quantity, and the last one wins", async () => {
    const shop = await openShop(
      () => ({
        prices: [{ body: price() }, { body: price("26.60"), delay_ms: 300 }, { body: price("39.90") }],
      }),
      SHOW,
    );
    await untilAmount(shop, "€13.30");
    shop.element.quantity = 2;
    await shop.element.updateComplete;
    expect(look(shop).amount, "the price of another quantity").to.equal("");
    await until(async () => (await priceCalls(shop.product)).length === 2);
    shop.element.quantity = 3;
    await untilAmount(shop, "€39.90");
    const later = await openShop(() => ({ prices: [{ body: price(), delay_ms: 400 }] }), SHOW);
    await untilAmount(later, "€13.30");
    expect(look(shop).amount).to.equal("€39.90");
  });

  it("is not read again when the button is moved or relabeled", async () => {
    const shop = await openShop(priced, SHOW);
    await untilAmount(shop, "€13.30");
    document.body.prepend(shop.element);
    shop.element.label = "buy";
    await shop.element.updateComplete;
    expect(look(shop).amount).to.equal("€13.30");
    expect(await priceCalls(shop.product)).to.have.length(1);
  });

  it("is read again and shown when the price has changed, and the next click pays it", async () => {
    const shop = await openShop(
      (product) => ({
        prices: [{ body: price() }, { body: price("14.00") }],
        checkouts: [CHANGED, { body: { ...checkout(product), amount: { value: "14.00", currency: "EUR" } } }],
      }),
      SHOW,
    );
    await untilAmount(shop, "€13.30");
    await sentByClick(shop);
    await untilState(shop, "error");
    const message = "The price is now €14.00 (was €13.30). Nothing was charged.";
    expect(look(shop)).to.include({ amount: "€14.00", message, label: "Pay" });
    expect(await payCalls(shop.product)).to.have.length(1);
    expect(await sentByClick(shop)).to.deep.include({ shown_amount: { value: "14.00", currency: "EUR" } });
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
  });

  it("that has changed and can't be read is neither shown nor sent again", async () => {
    const shop = await openShop(
      () => ({ prices: [{ body: price() }, { status: 500, body: "" }], checkouts: [CHANGED] }),
      SHOW,
    );
    await untilAmount(shop, "€13.30");
    await sentByClick(shop);
    await untilState(shop, "error");
    expect(look(shop)).to.include({ amount: "", message: CHANGED_MESSAGE });
    expect(await sentByClick(shop)).not.to.have.property("shown_amount");
  });

  it("is not read without show-amount, even after price_changed", async () => {
    const shop = await openShop(() => ({ prices: [{ body: price() }], checkouts: [CHANGED] }));
    await sentByClick(shop);
    expect(eventsOf(shop, QontoPayErrorEvent).map(({ code }) => code)).to.deep.equal(["price_changed"]);
    expect((await journal(shop.product)).requests).to.have.length(1);
  });

  for (const [name, answer, code] of [
    [
      "an error",
      { status: 404, body: workerError("product_not_found", "This product is not for sale.") },
      "product_not_found",
    ],
    ["HTML", { status: 502, body: "<h1>Bad gateway</h1>" }, "bad_answer"],
    ["no currency", { body: { amount: { value: "13.30", currency: "euro" } } }, "bad_answer"],
    ["no number", { body: { amount: { value: "13,30", currency: "EUR" } } }, "bad_answer"],
    ["nothing", { body: null }, "bad_answer"],
  ] as const) {
    it(`is omitted if the response is ${name}: the button works and an event reports the problem`, async () => {
      const shop = await openShop((product) => ({ ...priced(product), prices: [answer] }), SHOW);
      await until(() => eventsOf(shop, QontoPayErrorEvent).length === 1);
      expect(eventsOf(shop, QontoPayErrorEvent)[0]?.code).to.equal(code);
      expect(look(shop)).to.include({ state: "idle", amount: "", message: "" });
      expect(await sentByClick(shop)).not.to.have.property("shown_amount");
      expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
    });
  }
});

describe("the locale of the amount", () => {
  afterEach(closeShops);

  it("is that of the button's lang, and changes with it", async () => {
    const shop = await openShop(priced, { ...SHOW, lang: "fr" });
    await untilAmount(shop, "13,30 €");
    shop.element.lang = "en";
    await untilAmount(shop, "€13.30");
  });

  it("is the nearest one, through a shadow root", async () => {
    const shop = await openShop(priced);
    const outer = document.createElement("div");
    outer.lang = "de";
    const inner = document.createElement("div");
    outer.append(inner);
    document.body.append(outer);
    inner.attachShadow({ mode: "open" }).append(shop.element);
    shop.element.showAmount = true;
    await untilAmount(shop, "13,30 €");
    outer.remove();
  });

  for (const lang of ["", "not a language", "x", "__proto__"]) {
    it(`survives lang=${JSON.stringify(lang)}`, async () => {
      const shop = await openShop(priced, { ...SHOW, lang });
      await untilAmount(shop, "€13.30");
      expect(look(shop).label).to.equal("Pay");
    });
  }
});

describe("another product", () => {
  afterEach(closeShops);

  it("shows its own price", async () => {
    const shop = await openShop(priced, SHOW);
    await untilAmount(shop, "€13.30");
    const other = `${shop.product}-large`;
    await setScript(other, { prices: [{ body: price("20.00") }] });
    shop.element.product = other;
    await untilAmount(shop, "€20.00");
  });
});
