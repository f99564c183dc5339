import { expect } from "@open-wc/testing";
import {
  checkout,
  closeShops,
  look,
  mount,
  offerOf,
  openShop,
  price,
  push,
  report,
  setScript,
  type Shop,
  until,
  untilState,
} from "../support/page.ts";
import { alreadyPaid, clickUntil } from "../support/clicks.ts";
import { euros, TEXTS } from "../support/texts.ts";

const REFERENCE = "ORDER-17";

/** A Worker whose checkout costs 13.30, and is then paid. The product costs 14.00 by now. */
const opening = (product: string) => ({
  prices: [{ body: price("14.00") }],
  checkouts: [{ status: 201, body: checkout(product) }],
  statuses: [{ ...report(product, "open"), reference: REFERENCE }],
});

const backgroundOf = (shop: Shop): string => getComputedStyle(look(shop).button).backgroundColor;

const iconOf = (shop: Shop): Element | null | undefined => shop.element.shadowRoot?.querySelector("[part=icon]");

/** Waits for the paid state, and checks all that a shopper sees of it. */
async function expectPaid(shop: Shop, idle: string): Promise<void> {
  await untilState(shop, "paid");
  await until(() => look(shop).hint !== "");
  expect(look(shop)).to.include({
    label: "Paid",
    amount: "€13.30",
    hint: `Your payment was received. Reference ${REFERENCE}`,
  });
  expect(backgroundOf(shop)).not.to.equal(idle);
  expect(iconOf(shop)?.getClientRects()).to.have.length(1);
}

describe("a paid button", () => {
  afterEach(closeShops);

  it("shows a colour, a mark, the amount that was paid, and the reference, even after a reload", async () => {
    const shop = await openShop(opening, { reference: REFERENCE });
    const idle = backgroundOf(shop);
    await clickUntil(shop, "waiting");
    const paid = { ...report(shop.product, "paid"), reference: REFERENCE };
    await setScript(shop.product, { statuses: [paid] });
    shop.element.remove();
    const returned = await mount(shop.product, { reference: REFERENCE, "show-amount": "" });
    await expectPaid(returned, idle);

    returned.element.remove();
    await expectPaid(await mount(shop.product, { reference: REFERENCE }), idle);
  });

  it("shows them when a click finds that the order is paid", async () => {
    const shop = await openShop(alreadyPaid, {
      reference: REFERENCE,
    });
    const idle = backgroundOf(shop);
    shop.element.click();
    await expectPaid(shop, idle);
  });

  it("shows the reference of an offer", async () => {
    const shop = await openShop(() => ({}), { product: "" });
    const reference = `offered-${shop.product}`;
    await setScript(reference, { checkouts: [{ body: checkout(reference, "paid") }] });
    shop.element.setAttribute("offer", offerOf(reference));
    await clickUntil(shop, "paid");
    await until(() => look(shop).hint === `Your payment was received. Reference ${reference}`);
  });

  it("shows no reference if the purchase has none", async () => {
    const shop = await openShop(alreadyPaid);
    await clickUntil(shop, "paid");
    await until(() => look(shop).spoken === "Your payment was received.");
    expect(look(shop)).to.include({ amount: "€13.30", hint: "" });
  });

  it("shows the amount already while the payment is processing, and not another price", async () => {
    const shop = await openShop((product) => ({ ...opening(product), statuses: [report(product, "open")] }), {
      "show-amount": "",
      mode: "qr",
    });
    shop.leaves = true;
    await until(() => look(shop).amount === "€14.00");
    await setScript(shop.product, {
      checkouts: [{ body: { ...checkout(shop.product), amount: { value: "14.00", currency: "EUR" } } }],
    });
    await clickUntil(shop, "waiting");
    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(look(shop)).to.include({ label: "Processing", amount: "€13.30" });
  });

  for (const [lang, texts] of Object.entries(TEXTS)) {
    it(`says it in ${lang}`, async () => {
      const shop = await openShop(alreadyPaid, {
        lang,
        reference: REFERENCE,
      });
      await clickUntil(shop, "paid");
      await until(() => look(shop).hint === `${texts.paid_spoken} ${texts.reference} ${REFERENCE}`);
      expect(look(shop)).to.include({ label: texts.paid, amount: euros(13.3, lang) });
    });
  }
});
