import { expect } from "@open-wc/testing";
import { checkout, closeShops, look, openShop, price, report, type Shop, until } from "../support/page.ts";
import { clickUntil } from "../support/clicks.ts";
import { TEXTS } from "../support/texts.ts";
import type { Script } from "../support/scripted-worker.ts";

const LABELS = ["pay", "buy", "order", "book", "subscribe", "donate", "tip"] as const;

const FAILING: Script = { checkouts: [{ status: 500, body: "" }] };
const unpaid = (product: string): Script => ({
  prices: [{ body: price() }],
  checkouts: [{ status: 201, body: checkout(product) }],
  statuses: [report(product, "open")],
});

const isShown = (shop: Shop, selector: string): boolean =>
  (shop.element.querySelector(selector)?.getClientRects().length ?? 0) > 0;

/** Only the words on the button state the obligation to pay, so a click that leads to the pay page needs them. */
describe("the words that conclude a contract", () => {
  afterEach(closeShops);

  for (const [lang, texts] of Object.entries(TEXTS)) {
    for (const label of LABELS) {
      it(`of ${label} in ${lang} stay on a button that can be clicked again`, async () => {
        const failed = await openShop(() => FAILING, { lang, label });
        await until(() => look(failed).label === texts[label]);
        await clickUntil(failed, "error");
        expect(look(failed).label).to.equal(texts[label]);

        const open = await openShop(unpaid, { lang, label });
        await clickUntil(open, "waiting");
        expect(look(open).label).to.equal(texts[label]);
        await until(() => look(open).hint === texts.waiting_hint);
      });
    }
  }

  it("of the page stay as well", async () => {
    const own = `<b slot="label">Buy the mug for 13.30</b>`;
    const failed = await openShop(() => FAILING, {}, own);
    await clickUntil(failed, "error");
    expect(isShown(failed, "b")).to.equal(true);
    const open = await openShop(unpaid, {}, own);
    await clickUntil(open, "waiting");
    expect(isShown(open, "b")).to.equal(true);
  });

  for (const [state, script] of [
    ["error", () => FAILING],
    ["waiting", unpaid],
  ] as const) {
    it(`are replaced by those that the page slots for ${state}`, async () => {
      const shop = await openShop(script, {}, `<b slot="label">Buy it</b><i slot="${state}">Buy it after all</i>`);
      await clickUntil(shop, state);
      expect([isShown(shop, "b"), isShown(shop, "i")]).to.deep.equal([false, true]);
    });
  }
});
