import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent } from "../../src/index.ts";
import { SECTIONS } from "../../src/help/tell.ts";
import {
  checkout,
  closeShops,
  eventsOf,
  look,
  openShop,
  price,
  type Shop,
  until,
  untilState,
} from "../support/page.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { closeStatuses, openStatus, untilWords } from "../support/status-element.ts";
import { placeButton, untilChecked } from "../support/written-button.ts";

const KEY = "sk_live_shop_aBcDeFgHiJkLmNoP";
/** The part of the key that must stay secret. */
const RANDOM = "aBcD";

const PLACES: readonly Readonly<Record<string, string>>[] = [
  { "publishable-key": KEY },
  { "publishable-key": `  ${KEY}\n` },
  { "publishable-key": `\n\t${KEY}` },
  { "publishable-key": `"${KEY}"` },
  { "publishable-key": `“${KEY}”` },
  { "publishable-key": `Bearer ${KEY}` },
  { "publishable-key": "sk_sandbox_shop_aBcDeFgHiJkLmNoP" },
  { offer: KEY },
  { reference: KEY },
  { amount: KEY },
  { product: KEY },
  { items: JSON.stringify([{ product: KEY }]) },
  { endpoint: `${location.origin}/?key=${KEY}` },
];

const PROPERTIES: readonly Partial<Shop["element"]>[] = [
  { publishableKey: KEY },
  { reference: `\n${KEY}` },
  { items: [{ product: KEY }] },
];

describe("a secret key in the page", () => {
  const warnings = heardWarnings();
  const sent: string[] = [];
  const fetch = window.fetch.bind(window);
  beforeEach(() => {
    // Nothing leaves the page without `fetch`.
    window.fetch = async (...given) => {
      sent.push(JSON.stringify(given));
      return fetch(...given);
    };
  });
  afterEach(() => {
    window.fetch = fetch;
    sent.length = 0;
    closeShops();
  });
  const script = (product: string) => ({ prices: [{ body: price() }], checkouts: [{ body: checkout(product) }] });

  async function expectRefusal(shop: Shop, place: RegExp): Promise<void> {
    shop.element.click();
    await untilState(shop, "error");
    expect(look(shop).message).to.equal("This payment button is not set up completely. Nothing was charged.");
    shop.element.click();
    await until(() => warnings.length > 0);
    await untilChecked(warnings);
    expect(eventsOf(shop, QontoPayErrorEvent).map(({ code }) => code)).to.deep.equal(["incomplete", "incomplete"]);
    expect(sent.filter((text) => text.includes("/v1/"))).to.deep.equal([]);
    expect(warnings).to.have.length(1);
    const [said = "", ...rest] = warnings[0] ?? [];
    expect(said).to.match(place);
    expect(said).to.match(/contains a secret key, sk_(live|sandbox)_…/);
    expect(said).to.match(/Replace the key now: POST \/v1\/keys/);
    expect(said.split("\n").at(-1)).to.equal(SECTIONS.key);
    expect(said).not.to.include(RANDOM);
    expect(rest, "developer tools show the attributes of a logged element").to.deep.equal([]);
    expect(JSON.stringify(localStorage)).not.to.include(RANDOM);
  }

  for (const attributes of PLACES) {
    it(`as ${JSON.stringify(attributes)} is never sent, and the console says how to replace it`, async () => {
      const shop = await openShop(script, { ...attributes, "show-amount": "" });
      await expectRefusal(shop, new RegExp(`\`${Object.keys(attributes)[0]}\` contains`));
    });
  }

  for (const properties of PROPERTIES) {
    it(`as the properties ${JSON.stringify(properties)} is never sent`, async () => {
      const shop = await openShop(script, { "show-amount": "" });
      await until(() => look(shop).amount !== "");
      sent.length = 0;
      Object.assign(shop.element, properties);
      await expectRefusal(shop, /`(publishable_key|reference|items)` contains/);
    });
  }

  for (const name of ["secret-key", "data-key", "title", "messages"]) {
    it(`in the attribute ${name}, which is not sent, is explained`, async () => {
      const element = placeButton({ [name]: KEY });
      await until(() => warnings.length > 0);
      await untilChecked(warnings);
      expect(warnings).to.have.length(1);
      expect(warnings[0]?.[0]).to.include(`\`${name}\` contains a secret key, sk_live_…`);
      expect(JSON.stringify(warnings)).not.to.include(RANDOM);
      element.remove();
    });
  }

  it("as the token of a status is never sent", async () => {
    const opened = await openStatus(() => undefined, { token: KEY });
    await untilWords(opened, "unknown");
    await until(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
    const [said = "", ...rest] = warnings[0] ?? [];
    expect(said).to.match(/^qonto-pay-status: `token` contains a secret key, sk_live_….*`status_token`/);
    expect(said.split("\n").at(-1)).to.equal(SECTIONS.key);
    expect(JSON.stringify([said, rest])).not.to.include(RANDOM);
    expect(sent.filter((text) => text.includes("/v1/"))).to.deep.equal([]);
    closeStatuses();
  });

  it("is not suspected in other texts", async () => {
    placeButton({ product: "sk_lamp", reference: "desk_live_2026" });
    placeButton({ reference: "task_sandbox_1" });
    await untilChecked(warnings);
    expect(warnings.map(([text]) => text)).to.deep.equal([]);
  });
});
