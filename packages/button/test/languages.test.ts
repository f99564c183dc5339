import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent } from "../src/index.ts";
import { closeShops, eventsOf, look, openShop, type Shop, until, untilState, workerError } from "./support/page.ts";
import { TEXTS } from "./support/texts.ts";

const ENGLISH = TEXTS["en"] ?? {};
const PAY = { de: "Bezahlen", en: "Pay", es: "Pagar", fr: "Payer", it: "Paga", nl: "Betalen", pt: "Pagar" };

async function untilLabel(shop: Shop, label: string): Promise<void> {
  await until(() => look(shop).label === label && !look(shop).button.classList.contains("loading"));
}

const refused = (code: string, status: number) => () => ({
  checkouts: [{ status, body: workerError(code, "In English.") }],
});

async function messageAfterClick(shop: Shop): Promise<string> {
  shop.element.click();
  await untilState(shop, "error");
  return look(shop).message ?? "";
}

describe("the language", () => {
  afterEach(closeShops);

  it("of texts from the page is the language of the page", async () => {
    const shop = await openShop(() => ({}), { lang: "pl", messages: `{"pay": "Zapłać"}` });
    expect(look(shop).label).to.equal("Zapłać");
    expect(shop.element.shadowRoot?.querySelector<HTMLElement>("[part=label]")?.lang).to.equal("pl");
  });

  for (const [lang, label] of Object.entries(PAY)) {
    it(`${lang} is supported`, async () => {
      const shop = await openShop(() => ({}), { lang });
      await untilLabel(shop, label);
      expect(shop.element.shadowRoot?.querySelector<HTMLElement>("[part=label]")?.lang).to.equal(lang);
    });

    if (lang !== "en") {
      it(`${lang} has every text, and none in English`, () => {
        const texts = TEXTS[lang] ?? {};
        expect(Object.keys(texts)).to.have.members(Object.keys(ENGLISH));
        for (const [name, text] of Object.entries(ENGLISH)) expect(texts, name).not.to.have.property(name, text);
      });
    }
  }

  for (const [lang, label] of [
    ["de-AT", "Bezahlen"],
    ["pt_BR", "Pagar"],
    ["FR", "Payer"],
    ["est", "Pay"],
    ["zh-Hant", "Pay"],
    ["constructor", "Pay"],
    ["", "Pay"],
  ] as const) {
    it(`of lang=${JSON.stringify(lang)} shows "${label}"`, async () => {
      await untilLabel(await openShop(() => ({}), { lang }), label);
    });
  }

  it("is inherited from the page, and a lang of the button overrides it", async () => {
    const around = document.createElement("div");
    around.lang = "nl";
    document.body.append(around);
    const shop = await openShop(() => ({}));
    around.append(shop.element);
    shop.element.requestUpdate();
    await untilLabel(shop, "Betalen");
    shop.element.lang = "it";
    await untilLabel(shop, "Paga");
    around.remove();
  });

  it("is English for screen readers until the texts are loaded", async () => {
    const shop = await openShop(() => ({}));
    shop.element.lang = "es";
    await shop.element.updateComplete;
    expect(look(shop).label).to.match(/^(Pay|Pagar)$/);
    await untilLabel(shop, "Pagar");
  });

  it("also applies to problems that the Worker reports in English", async () => {
    const known = await openShop(refused("price_changed", 409), { lang: "fr" });
    await untilLabel(known, "Payer");
    expect(await messageAfterClick(known)).to.equal(
      "Le prix a changé. Veuillez le vérifier avant de payer. Rien n’a été débité.",
    );
    const other = await openShop(refused("qonto_unavailable", 503), { lang: "fr" });
    expect(await messageAfterClick(other)).to.match(/^Le paiement n’a pas pu commencer/);
    const chosen = await openShop(refused("amount_out_of_range", 422), { lang: "fr" });
    expect(await messageAfterClick(chosen)).to.equal("Ce montant ne peut pas être payé ici. Rien n’a été débité.");
    const mistake = await openShop(refused("product_not_found", 404), { lang: "fr" });
    expect(await messageAfterClick(mistake)).to.equal(
      "Ce bouton de paiement n’est pas entièrement configuré. Rien n’a été débité.",
    );
    expect(eventsOf(mistake, QontoPayErrorEvent)[0]?.message).to.equal(look(mistake).message);
  });
});

describe("texts of the page", () => {
  afterEach(closeShops);

  it("replace the button's texts by name, and by the code of a problem", async () => {
    const messages = JSON.stringify({ buy: "Get it", qonto_unavailable: "Come back later." });
    const shop = await openShop(refused("qonto_unavailable", 503), { label: "buy", messages });
    expect(look(shop).label).to.equal("Get it");
    expect(await messageAfterClick(shop)).to.equal("Come back later.");
    expect(look(shop).label).to.equal("Get it");
  });

  it("can be set as a property", async () => {
    const shop = await openShop(() => ({}));
    shop.element.messages = { pay: "Go" };
    await shop.element.updateComplete;
    expect(look(shop).label).to.equal("Go");
  });

  for (const messages of [
    "",
    "{",
    "7",
    "null",
    `"text"`,
    "[]",
    `{"__proto__":{"pay":"x"}}`,
    `{"pay":7}`,
    `{"pay":{"toString":1}}`,
  ]) {
    it(`are ignored if messages is ${JSON.stringify(messages)}`, async () => {
      const shop = await openShop(() => ({}), { messages });
      expect(look(shop).label).to.equal("Pay");
    });
  }

  it("are shown as text, never as HTML", async () => {
    const shop = await openShop(() => ({}), { messages: JSON.stringify({ pay: "<img src=x onerror=alert(1)>" }) });
    expect(look(shop).label).to.equal("<img src=x onerror=alert(1)>");
    expect(shop.element.shadowRoot?.querySelector("img")).to.equal(null);
  });
});
