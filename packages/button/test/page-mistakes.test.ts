import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent } from "../src/index.ts";
import { SECTIONS } from "../src/help/tell.ts";
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
import { untilChecked } from "./support/written-button.ts";

const SHOW = { "show-amount": "" };
const MESSAGE = "The origin https://shop.example, the field product and the key pk_live_shop are wrong.";
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
      const section = SECTIONS[code === "origin_not_allowed" ? "origin" : "worker"];
      await until(() => warnings.length > 0);
      expect(warnings).to.have.length(1);
      const [said = "", logged] = warnings[0] ?? [];
      // What to check in the page may follow the message.
      expect(said.startsWith(`qonto-pay-button: ${code}: ${MESSAGE}`), said).to.equal(true);
      expect(said.endsWith(` (req_1)\n${section}`), said).to.equal(true);
      expect(logged).to.equal(shop.element);

      shop.element.click();
      await untilErrors(shop, 2);
      const text = TEXT_OF[code] ?? INCOMPLETE;
      expect(look(shop)).to.include({ state: "error", message: text, label: "Buy now" });
      expect(eventsOf(shop, QontoPayErrorEvent).map(({ message }) => message)).to.deep.equal([text, text]);
      await untilChecked(warnings);
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
    await until(() => warnings.length === 3);
    expect(warnings.map((said) => said.at(-1))).to.have.members([one.element, other.element, one.element]);
  });

  for (const attribute of ["product", "publishable-key"]) {
    it(`that omits ${attribute} is reported on the click, and no request is sent`, async () => {
      const shop = await openShop(() => ({}));
      shop.element.removeAttribute(attribute);
      shop.element.click();
      await untilState(shop, "error");
      expect(look(shop)).to.include({ label: "Pay", message: INCOMPLETE });
      await until(() => warnings.length > 0);
      expect(warnings).to.have.length(1);
      expect(warnings[0]?.[0]).to.match(new RegExp(`\`${attribute}\`.* is missing`));
      expect(await payCalls(shop.product)).to.have.length(0);
    });
  }

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
    await untilChecked(warnings);
    expect(warnings).to.have.length(0);
  });
});
