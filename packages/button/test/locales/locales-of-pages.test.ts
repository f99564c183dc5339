import { expect } from "@open-wc/testing";
import { closeShops, look, openShop, price, report, until } from "../support/page.ts";
import { closeStatuses, openStatus, part, untilWords } from "../support/status-element.ts";

const amountIn = (locale: string): string =>
  new Intl.NumberFormat(locale, { style: "currency", currency: "EUR" }).format(13.3);

/** Locales as pages, WordPress, PHP, Java and POSIX write them: the word for "Paid", and the locale of the amount. */
const LOCALES = [
  ["de_DE", "Bezahlt", "de-DE"],
  ["de-CH_informal", "Bezahlt", "de-CH"],
  ["de_CH_informal", "Bezahlt", "de-CH"],
  ["de_DE@euro", "Bezahlt", "de-DE"],
  ["fr_FR.UTF-8", "Payé", "fr-FR"],
  ["FR_be", "Payé", "fr-BE"],
  ["nl_NL_formal", "Betaald", "nl-NL"],
  ["pt_PT_ao90", "Pago", "pt-PT"],
  ["pt", "Pago", "pt-PT"],
  ["PT", "Pago", "pt-PT"],
  ["pt_BR", "Pago", "pt-BR"],
  ["ita", "Pagato", "it"],
  ["en_GB", "Paid", "en-GB"],
  ["zh_Hant", "Paid", "en"],
  ["ar", "Paid", "en"],
  ["frr", "Paid", "en"],
  ["C", "Paid", "en"],
  ["C.UTF-8", "Paid", "en"],
  ["POSIX", "Paid", "en"],
  ["", "Paid", "en"],
  ["_", "Paid", "en"],
] as const;

describe("the words and the amount are of one language", () => {
  afterEach(closeShops);
  afterEach(closeStatuses);

  for (const [lang, paid, locale] of LOCALES) {
    it(`with lang=${JSON.stringify(lang)}`, async () => {
      const shop = await openShop(() => ({ prices: [{ body: price() }] }), {
        lang,
        "show-amount": "",
        // The word for "Paid" differs in each language, and "Pay" does not.
        label: "paid",
      });
      await until(() => look(shop).label === paid && look(shop).amount !== "");
      expect(look(shop).amount).to.equal(amountIn(locale));

      const opened = await openStatus((id) => [report(id, "paid")], { lang });
      await untilWords(opened, "paid");
      await until(() => part(opened, "words").textContent === paid);
      expect(part(opened, "amount").textContent).to.equal(amountIn(locale));
    });
  }

  it("of the page, if the page writes its own words", async () => {
    const messages = `{"pay": "Zapłać", "paid": "Zapłacono"}`;
    const shop = await openShop(() => ({ prices: [{ body: price() }] }), {
      lang: "pl_PL.UTF-8",
      "show-amount": "",
      messages,
    });
    await until(() => look(shop).amount !== "");
    expect(look(shop)).to.include({ label: "Zapłać", amount: amountIn("pl-PL") });
    expect(shop.element.shadowRoot?.querySelector<HTMLElement>("[part=label]")?.lang).to.equal("pl-PL");

    const opened = await openStatus((id) => [report(id, "paid")], { lang: "pl_PL", messages });
    await untilWords(opened, "paid");
    expect(part(opened, "amount").textContent).to.equal(amountIn("pl-PL"));
    expect(part(opened, "words").lang).to.equal("pl-PL");
  });
});

describe("on a page from right to left", () => {
  beforeEach(() => {
    document.documentElement.lang = "ar";
    document.documentElement.dir = "rtl";
  });
  afterEach(() => {
    closeShops();
    closeStatuses();
    document.documentElement.lang = "en";
    document.documentElement.removeAttribute("dir");
  });

  it("an English text of the button ends with its full stop", async () => {
    const shop = await openShop(() => ({ checkouts: [{ status: 500, body: "" }] }), { "full-width": "" });
    shop.element.click();
    await until(() => look(shop).message !== "");
    const message = shop.element.shadowRoot?.querySelector("[role=alert]");
    expectLeftToRight(message);
  });

  it("an English text of the status ends with its full stop", async () => {
    const opened = await openStatus((id) => [report(id, "paid")]);
    await untilWords(opened, "paid");
    expectLeftToRight(part(opened, "hint"));
  });

  for (const lang of ["ar", "de"]) {
    it(`an amount beside words in ${lang === "ar" ? "English" : lang} has its currency on the same side as elsewhere`, async () => {
      const shop = await openShop(() => ({ prices: [{ body: price() }] }), { lang, "show-amount": "" });
      await until(() => look(shop).amount !== "");
      const opened = await openStatus((id) => [report(id, "paid")], { lang });
      await untilWords(opened, "paid");
      await until(() => part(opened, "amount").textContent === look(shop).amount);
      for (const amount of [shop.element.shadowRoot?.querySelector("[part=amount]"), part(opened, "amount")]) {
        expectLeftToRight(amount);
      }
    });
  }

  it("a text of the page in its own script runs from right to left", async () => {
    const shop = await openShop(() => ({}), { messages: `{"pay": "ادفع الآن"}` });
    const [first, last] = edgesOf(shop.element.shadowRoot?.querySelector("[part=label] slot"));
    expect(first).to.be.greaterThan(last);
  });
});

/** Checks that the last character of a text of one line stands to the right of the first one. */
function expectLeftToRight(element: Element | null | undefined): void {
  const [first, last] = edgesOf(element);
  expect(last, element?.textContent).to.be.greaterThan(first);
}

/** Returns the positions of the first and the last character of an element's text. */
function edgesOf(element: Element | null | undefined): readonly [number, number] {
  const text = element?.firstChild as Text;
  const leftOf = (index: number): number => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + 1);
    return range.getBoundingClientRect().left;
  };
  return [leftOf(0), leftOf(text.length - 1)];
}
