import { expect } from "@open-wc/testing";
import { fieldOf, inChoice, messageOf, pricesAsked, textIn, type, untilChoice } from "../support/choice.ts";
import { AMOUNTS, changes, openDonation, paid, pick } from "../support/donation.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { checkout, closeShops, look, openShop, payCalls, type Shop, until } from "../support/page.ts";

describe("another amount", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  async function openOther(attributes: Readonly<Record<string, string>> = {}): Promise<Shop> {
    const shop = await openDonation(attributes);
    await until(() => !look(shop).button.classList.contains("loading"));
    inChoice<HTMLInputElement>(shop, "[type=radio]").at(-1)?.click();
    return shop;
  }

  for (const [lang, typed, sent] of [
    ["en", "7.5", "7.50"],
    ["en", "7,50", "7.50"],
    ["de", "7,50", "7.50"],
    ["de", "7.50 €", "7.50"],
    ["de", "1.000,50", undefined],
    ["de", "1.000", undefined],
    ["fr", "0012", "12"],
    ["ar", "١٢٫٥", "12.50"],
  ] as const) {
    it(`typed as "${typed}" in ${lang} is ${sent === undefined ? "too high" : `sent as ${sent}`}`, async () => {
      const shop = await openOther({ lang });
      await until(() => messageOf(shop) !== "");
      type(shop, typed);
      if (sent !== undefined) return void expect(await paid(shop)).to.equal(sent);
      shop.element.click();
      expect(fieldOf(shop).ariaInvalid).to.equal("true");
      expect(await payCalls(shop.product)).to.have.length(0);
    });
  }

  it("typed is applied after a pause, and once", async () => {
    const shop = await openOther();
    for (const text of ["2", "25", "25.", "25.5", "25.50"]) type(shop, text);
    expect(shop.element.amount).to.equal("5");
    await until(() => shop.element.amount === "25.50");
    expect(changes(shop)).to.deep.equal(["25.50"]);
    expect(fieldOf(shop).value).to.equal("25.50");
  });

  it("that is missing can't be paid: the field has the focus and a message", async () => {
    const shop = await openOther();
    shop.element.click();
    const place = shop.element.shadowRoot?.querySelector("[part=choice]");
    expect(place?.shadowRoot?.activeElement).to.equal(fieldOf(shop));
    expect(messageOf(shop)).to.match(/^Enter an amount/);
    expect(shop.events).to.have.length(0);
    expect(await payCalls(shop.product)).to.have.length(0);
    pick(shop, "€10");
    expect(messageOf(shop)).to.equal("");
    expect(await paid(shop)).to.equal("10");
  });

  it("hides the amount on the button while it is missing", async () => {
    const shop = await openOther({ "show-amount": "" });
    await until(() => look(shop).amount === "€5.00");
    const amount = shop.element.shadowRoot?.querySelector("[part=amount]") as Element;
    expect(amount.getClientRects()).to.have.length(0);
  });

  it("has the bounds of the product, which are read once, when the shopper needs them", async () => {
    const shop = await openDonation();
    expect(await pricesAsked(shop.product)).to.have.length(0);
    pick(shop, "Other");
    await until(() => messageOf(shop) === "Enter an amount from €1 to €500.");
    pick(shop, "€5");
    pick(shop, "Other");
    expect(await pricesAsked(shop.product)).to.deep.equal([
      { publishable_key: "pk_sandbox_demo", product: shop.product, amount: "5" },
    ]);
  });

  it("uses the bounds that the shown price brought", async () => {
    const shop = await openDonation({ "show-amount": "" });
    await until(() => look(shop).amount === "€5.00");
    pick(shop, "Other");
    expect(messageOf(shop)).to.equal("Enter an amount from €1 to €500.");
    expect(await pricesAsked(shop.product)).to.have.length(1);
  });

  for (const lang of ["de", "en", "es", "fr", "it", "nl", "pt"]) {
    it(`outside the bounds has a message in ${lang}, and is not sent`, async () => {
      const [min, max] = { en: ["€1", "€500"], nl: ["€ 1", "€ 500"] }[lang] ?? ["1 €", "500 €"];
      const message = await textIn(lang, "amount_bounds", { min: min ?? "", max: max ?? "" });
      const shop = await openOther({ lang });
      await until(() => messageOf(shop).replaceAll(/\s/g, " ") === message);
      for (const text of ["0,99", "500,01", "0", "-5", "x"]) {
        type(shop, text);
        shop.element.click();
        expect(fieldOf(shop).ariaInvalid, text).to.equal("true");
      }
      expect(await payCalls(shop.product)).to.have.length(0);
      const place = shop.element.shadowRoot?.querySelector<HTMLElement>("[part=choice]");
      expect(place?.lang).to.equal(lang);
      type(shop, "500,00");
      expect(await paid(shop)).to.equal("500");
    });
  }

  it("without known bounds is checked by the Worker", async () => {
    const shop = await openShop((product) => ({ checkouts: [{ body: checkout(product) }] }), AMOUNTS);
    await untilChoice(shop);
    pick(shop, "Other");
    type(shop, "9000");
    expect(await paid(shop)).to.equal("9000");
    expect(warnings).to.have.length(0);
  });

  it("has texts that the page can replace", async () => {
    const messages = JSON.stringify({ other_amount: "Something else", amount_bounds: "{min} or more" });
    const shop = await openDonation({ messages });
    pick(shop, "Something else");
    await until(() => messageOf(shop) === "€1 or more");
  });
});
