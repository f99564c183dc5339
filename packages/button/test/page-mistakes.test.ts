import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent } from "../src/index.ts";
import {
  checkout,
  closeShops,
  eventsOf,
  look,
  openShop,
  payCalls,
  type Shop,
  until,
  untilState,
  workerError,
} from "./support/page.ts";
import { heardWarnings } from "./support/heard-warnings.ts";

const SHOW = { "show-amount": "" };
const MESSAGE = "This product is not for sale.";
const INCOMPLETE = "This payment button is not set up completely. Nothing was charged.";
/** The texts about what the shopper has chosen. */
const TEXT_OF: Readonly<Record<string, string>> = {
  quantity_out_of_range: "This quantity is not available here. Nothing was charged.",
  amount_out_of_range: "This amount can't be paid here. Nothing was charged.",
};
const MISTAKES = [
  "invalid_key",
  "key_environment_mismatch",
  "product_not_found",
  "invalid_request",
  "origin_not_allowed",
  "quantity_out_of_range",
  "amount_out_of_range",
  "invalid_offer",
  "of_a_newer_worker",
];

const refusal = (code: string) => ({ status: 422, body: workerError(code, MESSAGE) });

async function untilErrors(shop: Shop, count: number): Promise<void> {
  await until(() => eventsOf(shop, QontoPayErrorEvent).length === count);
  await shop.element.updateComplete;
}

describe("a mistake of the page", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  for (const code of MISTAKES) {
    it(`with code ${code} is logged once, and shown to the shopper on a click with the label of the page`, async () => {
      const shop = await openShop(() => ({ prices: [refusal(code)], checkouts: [refusal(code)] }), {
        ...SHOW,
        label: "buy",
      });
      await untilErrors(shop, 1);
      expect(look(shop)).to.include({ state: "idle", message: "", label: "Buy now" });
      expect(warnings).to.deep.equal([["qonto-pay-button:", code, MESSAGE, shop.element]]);

      shop.element.click();
      await untilErrors(shop, 2);
      expect(look(shop)).to.include({ state: "error", message: TEXT_OF[code] ?? INCOMPLETE, label: "Buy now" });
      expect(warnings).to.have.length(1);
    });
  }

  it("is logged for each button and each purchase", async () => {
    const script = () => ({ prices: [refusal("product_not_found")] });
    const [one, other] = [await openShop(script, SHOW), await openShop(script, SHOW)];
    await untilErrors(one, 1);
    await untilErrors(other, 1);
    one.element.quantity = 2;
    await untilErrors(one, 2);
    expect(warnings.map((said) => said.at(-1))).to.have.members([one.element, other.element, one.element]);
  });

  it("that omits the product is reported on the click", async () => {
    const shop = await openShop(() => ({}));
    shop.element.removeAttribute("product");
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop)).to.include({ label: "Pay", message: INCOMPLETE });
    expect(warnings).to.deep.equal([["qonto-pay-button:", "incomplete", INCOMPLETE, shop.element]]);
  });

  it("that omits the publishable key, or names it `key`, is logged with the name of the attribute", async () => {
    const shop = await openShop(() => ({}), { key: "pk_sandbox_demo" });
    shop.element.removeAttribute("publishable-key");
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.equal(INCOMPLETE);
    expect(warnings).to.deep.equal([
      ["qonto-pay-button:", "incomplete", "The attribute publishable-key is missing.", shop.element],
    ]);
  });

  it("keeps the label of the page, and a click sends another request", async () => {
    const shop = await openShop(
      (product) => ({ checkouts: [refusal("origin_not_allowed"), { body: checkout(product, "paid") }] }),
      {},
      `<b slot="label">Get the mug</b><i slot="error">Retry</i>`,
    );
    shop.element.click();
    await untilState(shop, "error");
    expect(shop.element.querySelector("b")?.getClientRects()).to.have.length(1);
    expect(shop.element.querySelector("i")?.getClientRects()).to.have.length(0);
    shop.element.click();
    await untilState(shop, "paid");
    expect(await payCalls(shop.product)).to.have.length(2);
  });

  it("is not reported for a temporary failure", async () => {
    const down = { status: 503, body: workerError("qonto_unavailable", "Please try again.") };
    const shop = await openShop(() => ({ prices: [down], checkouts: [down] }), SHOW);
    await untilErrors(shop, 1);
    expect(look(shop)).to.include({ state: "idle", message: "", label: "Pay" });
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.match(/^The payment could not be started/);
    expect(warnings).to.have.length(0);
  });
});
