import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent } from "../../src/index.ts";
import {
  checkout,
  closeShops,
  eventsOf,
  look,
  openShop,
  price,
  until,
  untilState,
  workerError,
} from "../support/page.ts";
import { euros, TEXTS } from "../support/texts.ts";

const CHANGED = { status: 409, body: workerError("price_changed", "The price has changed.") };
const changing = (product: string) => ({
  prices: [{ body: price("14.00") }, { body: price("15.00") }],
  checkouts: [CHANGED, { body: checkout(product) }],
});

describe("a changed price", () => {
  afterEach(closeShops);

  it("is stated with the one before, and the button still says what a click does", async () => {
    const shop = await openShop(changing, { label: "order", "show-amount": "" });
    await until(() => look(shop).amount === "€14.00");
    shop.element.click();
    await untilState(shop, "error");
    const message = "The price is now €15.00 (was €14.00). Nothing was charged.";
    expect(look(shop)).to.include({ label: "Order and pay", amount: "€15.00", message });
    expect(eventsOf(shop, QontoPayErrorEvent).map(({ message: told }) => told)).to.deep.equal([message]);
  });

  for (const [lang, { price_now, uncharged, order }] of Object.entries(TEXTS)) {
    it(`is stated in ${lang}`, async () => {
      const shop = await openShop(changing, { lang, label: "order", "show-amount": "" });
      await until(() => look(shop).label === order && look(shop).amount === euros(14, lang));
      shop.element.click();
      await untilState(shop, "error");
      const stated = price_now.replace("{now}", euros(15, lang)).replace("{was}", euros(14, lang));
      expect(stated).to.include(euros(15, lang)).and.to.include(euros(14, lang));
      expect(look(shop)).to.include({ label: order, message: `${stated} ${uncharged}` });
    });
  }

  it("that can't be read is announced without prices", async () => {
    const shop = await openShop(
      () => ({ prices: [{ body: price() }, { status: 500, body: "" }], checkouts: [CHANGED] }),
      { "show-amount": "" },
    );
    await until(() => look(shop).amount === "€13.30");
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.equal("The price has changed. Please check it before you pay. Nothing was charged.");
  });

  it("is stated in the words of the page", async () => {
    const messages = `{"price_now": "Teraz {now}, przedtem {was}.", "uncharged": ""}`;
    const shop = await openShop(changing, { lang: "pl", "show-amount": "", messages });
    await until(() => look(shop).amount !== "");
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.equal(`Teraz ${euros(15, "pl")}, przedtem ${euros(14, "pl")}.`);
  });
});
