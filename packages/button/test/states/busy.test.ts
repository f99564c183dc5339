import { expect } from "@open-wc/testing";
import { checkout, closeShops, hurry, look, openShop, price, type Shop, until, untilState } from "../support/page.ts";
import { euros, TEXTS } from "../support/texts.ts";

/** Longer than every test. */
const NEVER_MS = 100_000;
const SLOW_MS = 1500;

const silent = (product: string) => ({
  prices: [{ body: price() }],
  checkouts: [{ body: checkout(product), delay_ms: NEVER_MS }],
});

const opacityOf = (shop: Shop, part: string): string => {
  const found = shop.element.shadowRoot?.querySelector(`[part=${part}]`);
  return found == null ? "" : getComputedStyle(found).opacity;
};

const widthOf = (shop: Shop): number => look(shop).button.getBoundingClientRect().width;

async function openPriced(attributes: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const { lang = "en" } = attributes;
  const shop = await openShop(silent, { "show-amount": "", label: "order", ...attributes });
  await until(() => look(shop).label === TEXTS[lang]?.order && look(shop).amount !== "");
  return shop;
}

describe("a busy button", () => {
  let waits: number[];
  let calmDown: () => void;
  /** Lets the timers of the page run at this speed. */
  const atSpeed = (factor: number): void => {
    waits = [];
    calmDown = hurry(window, factor, waits, 1000);
  };
  afterEach(() => {
    calmDown();
    closeShops();
  });

  it("keeps the amount and its width, with a spinner in place of the label", async () => {
    atSpeed(0.001);
    const shop = await openPriced();
    const before = widthOf(shop);
    shop.element.click();
    await untilState(shop, "busy");
    expect(opacityOf(shop, "label")).to.equal("0");
    expect(opacityOf(shop, "amount")).to.equal("1");
    expect(look(shop).amount).to.equal("€13.30");
    expect(widthOf(shop)).to.equal(before);
    const { left, right } = boxOf(shop, "icon");
    const label = boxOf(shop, "label");
    expect(left).to.be.at.least(label.left - 1);
    expect(right).to.be.at.most(boxOf(shop, "amount").left);
  });

  for (const [lang, { busy }] of Object.entries(TEXTS)) {
    it(`has words beside the spinner and the amount after 1.5 s, in ${lang}`, async () => {
      atSpeed(100);
      const shop = await openPriced({ lang });
      shop.element.click();
      await until(() => look(shop).label === busy);
      expect(waits).to.include(SLOW_MS);
      expect(look(shop)).to.include({ state: "busy", amount: euros(13.3, lang) });
      expect(["label", "amount", "icon"].map((part) => opacityOf(shop, part))).to.deep.equal(["1", "1", "1"]);
      expect(look(shop).button.ariaBusy).to.equal("true");
    });
  }

  it("shows these words instead of slotted ones, too", async () => {
    atSpeed(100);
    const shop = await openShop(silent, {}, `<b slot="label">Get the mug</b>`);
    shop.element.click();
    await until(() => look(shop).label === TEXTS["en"]?.busy);
    expect(shop.element.querySelector("b")?.getClientRects()).to.have.length(0);
  });

  it("has its label again when the shopper returns to the page", async () => {
    atSpeed(100);
    const shop = await openPriced();
    shop.element.click();
    await until(() => look(shop).label === TEXTS["en"]?.busy);
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await untilState(shop, "idle");
    expect(look(shop).label).to.equal("Order and pay");
  });

  for (const [lang, { redirect_hint }] of Object.entries(TEXTS)) {
    it(`says at once how the shopper returns, in ${lang}`, async () => {
      atSpeed(0.001);
      const shop = await openPriced({ lang });
      shop.element.click();
      await untilState(shop, "busy");
      expect(look(shop).hint).to.equal(redirect_hint);
    });
  }

  it("does not say how the shopper returns if this page stays open", async () => {
    atSpeed(0.001);
    const shop = await openPriced({ mode: "qr" });
    shop.element.click();
    await untilState(shop, "busy");
    expect(look(shop)).to.include({ hint: "", spoken: "Opening the payment page." });
  });
});

function boxOf(shop: Shop, part: string): DOMRect {
  const found = shop.element.shadowRoot?.querySelector(`[part=${part}]`);
  if (found == null) throw new Error(`There is no part ${part}.`);
  return found.getBoundingClientRect();
}
