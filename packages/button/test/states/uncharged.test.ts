import { expect } from "@open-wc/testing";
import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import {
  checkout,
  closeShops,
  look,
  mount,
  newProduct,
  openShop,
  report,
  setScript,
  until,
  untilState,
  workerError,
} from "../support/page.ts";
import { clickUntil } from "../support/clicks.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { TEXTS } from "../support/texts.ts";

const CERTAIN = / Nothing was charged\.$/;

/** Conflicts with what the Worker stores. The order may have been paid elsewhere, or by an earlier attempt. */
const UNCERTAIN: readonly ApiErrorCode[] = (Object.keys(API_ERRORS) as ApiErrorCode[]).filter(
  (code) => API_ERRORS[code].status === 409 && code !== "price_changed",
);

const failure = (code: ApiErrorCode) => ({ status: API_ERRORS[code].status, body: workerError(code, "In English.") });
const LOST = { drop: true };

describe('"Nothing was charged."', () => {
  heardWarnings();
  afterEach(closeShops);

  for (const code of Object.keys(API_ERRORS) as ApiErrorCode[]) {
    const isCertain = !UNCERTAIN.includes(code);
    it(`is ${isCertain ? "said" : "not said"} after ${code}, if the shopper was never on a pay page`, async () => {
      const shop = await openShop(() => ({ checkouts: [failure(code)] }));
      await clickUntil(shop, "error");
      expect(CERTAIN.test(look(shop).message)).to.equal(isCertain);
    });
  }

  it("is not certain for orders that are paid, and for attempts that are over", () => {
    expect(UNCERTAIN).to.include.members(["order_already_paid", "checkout_not_open", "idempotency_key_reused"]);
  });

  for (const [name, answer] of [
    ["a lost answer", LOST],
    ["an answer that is not the Worker's", { status: 200, body: "<h1>Hello</h1>" }],
    ["a pay page that is not Qonto's", { body: checkout("x", "open", "https://evil.example/") }],
  ] as const) {
    it(`is said after ${name}, if the shopper was never on a pay page`, async () => {
      const shop = await openShop(() => ({ checkouts: [answer] }));
      await clickUntil(shop, "error");
      expect(look(shop).message).to.match(CERTAIN);
    });
  }

  it("is said by a button that is not set up, since it sends nothing", async () => {
    const shop = await openShop(() => ({}), { product: "" });
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.match(CERTAIN);
  });

  it("is not said after the shopper was on a pay page, even after a reload", async () => {
    const shop = await openShop((product) => ({
      checkouts: [{ status: 201, body: checkout(product) }, LOST],
      statuses: [report(product, "open")],
    }));
    await clickUntil(shop, "waiting");
    await clickUntil(shop, "error");
    expect(look(shop).message).not.to.match(CERTAIN).and.not.to.equal("");
    shop.element.remove();
    const returned = await mount(shop.product);
    await clickUntil(returned, "error");
    expect(look(returned).message).not.to.match(CERTAIN).and.not.to.equal("");
  });

  it("is not said after the checkout of a visited pay page has ended", async () => {
    const shop = await openShop((product) => ({
      checkouts: [{ status: 201, body: checkout(product) }, LOST],
      statuses: [report(product, "expired")],
    }));
    shop.element.click();
    await untilState(shop, "busy");
    await until(() => shop.events.some(({ type }) => type === "qonto-pay-status"));
    await clickUntil(shop, "error");
    expect(look(shop).message).not.to.match(CERTAIN);
  });

  it("is said for another purchase than the one whose pay page was open", async () => {
    const shop = await openShop((product) => ({
      checkouts: [{ status: 201, body: checkout(product) }],
      statuses: [report(product, "open")],
    }));
    await clickUntil(shop, "waiting");
    const other = newProduct();
    await setScript(other, { checkouts: [LOST] });
    shop.element.product = other;
    await shop.element.updateComplete;
    await clickUntil(shop, "error");
    expect(look(shop).message).to.match(CERTAIN);
  });

  it("does not follow an error text of the page", async () => {
    const shop = await openShop(() => ({ checkouts: [failure("qonto_unavailable")] }), {
      messages: `{"qonto_unavailable": "Come back later."}`,
    });
    await clickUntil(shop, "error");
    expect(look(shop).message).to.equal("Come back later.");
  });

  for (const [lang, { uncharged, network }] of Object.entries(TEXTS)) {
    it(`is said in ${lang}`, async () => {
      const shop = await openShop(() => ({ checkouts: [LOST] }), { lang });
      await until(() => !look(shop).button.classList.contains("loading"));
      await clickUntil(shop, "error");
      expect(look(shop).message).to.equal(`${network} ${uncharged}`);
    });
  }
});
