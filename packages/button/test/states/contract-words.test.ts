import { expect } from "@open-wc/testing";
import type { QontoPayButton } from "../../src/index.ts";
import { contractWordsMistakes } from "../../src/help/contract-words.ts";
import { closeShops, openShop } from "../support/page.ts";
import { TEXTS } from "../support/texts.ts";

const mistakesOf = (element: QontoPayButton): readonly string[] =>
  [...contractWordsMistakes(element)].map(({ text }) => text);

async function mistakesWith(children: string, attributes: Readonly<Record<string, string>> = {}) {
  const { element } = await openShop(() => ({}), attributes, children);
  return mistakesOf(element);
}

describe("the check of the words that conclude a contract", () => {
  afterEach(closeShops);

  for (const slot of ["label", "error", "waiting"]) {
    it(`names the slot ${slot} if its words do not state the obligation to pay`, async () => {
      const [mistake, ...others] = await mistakesWith(`<b slot="${slot}">Get the mug</b><a href="/pay">Link</a>`);
      expect(mistake).to.include(`\`${slot}\``).and.to.include("Get the mug").and.to.include("obligation to pay");
      expect(others).to.deep.equal([]);
    });
  }

  for (const words of ["Continuer", "Bestellen", "Confirmar pedido", "Complete booking", "Try again", "→"]) {
    it(`finds no obligation to pay in "${words}"`, async () => {
      expect(await mistakesWith(`<b slot="label">${words}</b>`)).to.have.length(1);
    });
  }

  for (const words of [
    "Order with obligation to pay",
    "Zahlungspflichtig bestellen",
    "Jetzt kaufen",
    "Commande avec obligation de paiement",
    "J’achète",
    "Pedido con obligación de pago",
    "Comprar ahora",
    "Ordine con obbligo di pagare",
    "Bestelling met betalingsverplichting",
    "Nu kopen",
    "Encomenda com obrigação de pagar",
  ]) {
    it(`accepts "${words}"`, async () => {
      expect(await mistakesWith(`<b slot="label">${words}</b>`)).to.deep.equal([]);
    });
  }

  for (const [lang, texts] of Object.entries(TEXTS)) {
    it(`accepts the labels of the button in ${lang}`, async () => {
      for (const label of ["pay", "buy", "order", "book", "subscribe"] as const) {
        expect(await mistakesWith(`<b slot="label">${texts[label]}</b>`), label).to.deep.equal([]);
      }
    });
  }

  it("names a text of the page", async () => {
    const [mistake] = await mistakesWith("", { messages: `{"order": "Confirm", "paid": "Thanks", "pay": 7}` });
    expect(mistake).to.include("`order`").and.to.include("Confirm");
  });

  it("leaves states in which nothing is paid, and gifts, to the page", async () => {
    expect(await mistakesWith(`<b slot="paid">Thanks</b><b slot="processing">One moment</b>`)).to.deep.equal([]);
    for (const label of ["donate", "tip"]) {
      expect(await mistakesWith(`<b slot="label">Support us</b>`, { label })).to.deep.equal([]);
    }
  });
});
