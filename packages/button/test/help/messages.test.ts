import { expect } from "@open-wc/testing";
import { hasUnknownWord } from "../../src/elements/later-look.ts";
import { WORDS } from "../../src/help/attribute-mistakes.ts";
import { type Section, SECTIONS } from "../../src/help/tell.ts";
import {
  closeShops,
  eventsOf,
  look,
  openShop,
  payCalls,
  price,
  setScript,
  until,
  untilState,
  WORKER,
  workerError,
} from "../support/page.ts";
import { type Attributes, placeButton, untilChecked } from "../support/written-button.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { QontoPayErrorEvent } from "../../src/index.ts";

/** Mistakes that the console names when the button appears. `null` removes an attribute of a correct button. */
const MISTAKES: readonly (readonly [Attributes, RegExp, Section])[] = [
  [{ qty: "2" }, /`qty` is unknown .*Did you mean `quantity`\?/, "attribute"],
  [{ prodcut: "mug" }, /`prodcut` is unknown .*Did you mean `product`\?/, "attribute"],
  [{ "public-key": "x" }, /`public-key` .*Did you mean `publishable-key`\?/, "attribute"],
  [{ publishable_key: "x" }, /Did you mean `publishable-key`\?/, "attribute"],
  [{ key: "x" }, /`key` is unknown .*Did you mean `publishable-key`\?/, "attribute"],
  [{ fullwidth: "" }, /Did you mean `full-width`\?/, "attribute"],
  [{ "show-price": "" }, /Did you mean `show-amount`\?/, "attribute"],
  [{ lable: "buy" }, /Did you mean `label`\?/, "attribute"],
  [{ price: "5.00" }, /`price` is unknown .*A page can't set a price/, "attribute"],
  [{ frobnicate: "" }, /`frobnicate` is unknown and has no effect\.$/m, "attribute"],
  [{ mode: "Tab" }, /`mode` .* `Tab`\. The button uses `redirect`\. .*Did you mean `tab`\?/, "value"],
  [{ label: "buy-now" }, /`label` .* `buy-now`\. The button uses `pay`\. .*Did you mean `buy`\?/, "value"],
  [{ size: "larg" }, /The button uses `medium`\. .*Did you mean `large`\?/, "value"],
  [{ theme: "neon" }, /The button uses `auto`\. Known: auto, light, dark\.$/m, "value"],
  [{ methods: "paypal visa" }, /`methods` has the unknown value `visa`\. It is not shown\./, "value"],
  [{ "show-amount": "false" }, /`show-amount="false"` switches it on\. Remove the attribute/, "value"],
  [{ "full-width": "false" }, /`full-width="false"` switches it on/, "value"],
  [{ disabled: "false" }, /`disabled="false"` switches it on/, "value"],
  [{ amount: "5,00" }, /Write a decimal point and no currency: `amount="5\.00"`/, "value"],
  [{ amount: "7.50 €" }, /Write a decimal point and no currency: `amount="7\.50"`/, "value"],
  [{ quantity: "2.5" }, /`quantity="2\.5"` is not a whole number/, "value"],
  [{ quantity: "0" }, /`quantity="0"` is not a whole number/, "value"],
  [{ quantity: "two" }, /`quantity="two"` is not a whole number/, "value"],
  [{ amount: "5", quantity: "1" }, /The button has `amount` and `quantity`\. Keep one/, "value"],
  [{ product: "Tide bowl" }, /`product="Tide bowl"` is not the name of a product/, "value"],
  [{ offer: "e30.e30.c2ln" }, /The button has `product` and `offer`\. Keep one/, "value"],
  [{ "publishable-key": " pk_live_shop " }, /White space .*Write `pk_live_shop`/, "value"],
  [{ "publishable-key": "“pk_live_shop”" }, /Write `pk_live_shop`/, "value"],
  [{ "publishable-key": "demo" }, /`publishable-key="demo"` is not a publishable key/, "value"],
  [{ "publishable-key": null }, /`publishable-key` is missing/, "missing"],
  [{ product: null }, /`product`, `items` or `offer` is missing/, "missing"],
  [{ product: null, "data-product": "mug" }, /is missing.*`data-product` has no effect: write `product`/, "missing"],
  [{ reference: "café 5" }, /`reference="café 5"` is not 1 to 64/, "value"],
  [{ product: "mug", items: "[{product: 1}]" }, /`items` is not JSON .*items='\[\{"product"/, "missing"],
  [{ product: null, items: "{}" }, /`items` is not JSON of the right form/, "missing"],
  [{ messages: "{'pay': 'Go'}" }, /`messages` is not JSON .*messages='\{"pay"/, "missing"],
  [{ endpoint: "pay.shop.example" }, /Write `https:\/\/pay\.shop\.example`/, "endpoint"],
  [{ endpoint: "localhost:8787" }, /Write `http:\/\/localhost:8787`/, "endpoint"],
  [{ endpoint: "http://localhost:8787/v1/" }, /Write `http:\/\/localhost:8787`/, "endpoint"],
  [{ endpoint: "http://localhost:8787/v1/checkouts" }, /Write `http:\/\/localhost:8787`/, "endpoint"],
  [{ endpoint: "https://pay.shop.example/qonto-pay-button.js" }, /Write `https:\/\/pay\.shop\.example`/, "endpoint"],
];

/** Attributes that are no mistake: of HTML, of frameworks, and of the button in each form that works. */
const ALLOWED =
  "id class style title hidden dir lang tabindex role slot part nonce is draggable translate itemprop accesskey contenteditable inert popover aria-label data-id data-v-1a2b3c onclick v-if v-cloak _ngcontent-abc-c12 _nghost-abc x-data x-on:click.once hx-get q:id wire:model".split(
    " ",
  );

describe("on a local page, the console", () => {
  const warnings = heardWarnings();
  before(() => setScript("mug", { prices: [{ body: price() }] }));
  afterEach(closeShops);

  for (const [attributes, text, section] of MISTAKES) {
    it(`explains ${JSON.stringify(attributes)} once, with a link`, async () => {
      const element = placeButton(attributes);
      await until(() => warnings.length > 0);
      // The element moves, as in a page that renders again.
      document.body.prepend(element);
      await untilChecked(warnings);
      expect(warnings).to.have.length(1);
      const [said = "", logged] = warnings[0] ?? [];
      expect(said).to.match(/^qonto-pay-button: /);
      expect(said).to.match(text);
      expect(said.split("\n").at(-1)).to.equal(SECTIONS[section]);
      expect(logged).to.equal(element);
    });
  }

  it("explains an unknown slot", async () => {
    const element = placeButton({});
    element.innerHTML = `<b slot="lable">Buy it</b>`;
    await until(() => warnings.length > 0);
    expect(warnings[0]?.[0]).to.match(/`slot` has the unknown value `lable`\. .*Did you mean `label`\?/);
  });

  it("explains a slot whose words do not state the obligation to pay", async () => {
    const element = placeButton({}, `<b slot="label">Continue</b>`);
    await until(() => warnings.length > 0);
    await untilChecked(warnings);
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.[0]).to.match(/^qonto-pay-button: The slot `label` replaces words that conclude a contract/);
    expect(warnings[0]?.[0].split("\n").at(-1)).to.equal(SECTIONS.labels);
    expect(warnings[0]?.[1]).to.equal(element);
  });

  it("explains all mistakes of a button", async () => {
    placeButton({ qty: "2", mode: "popup", amount: "5,00", "publishable-key": null });
    await until(() => warnings.length === 4);
    await untilChecked(warnings);
    expect(warnings).to.have.length(4);
  });

  it("waits for what a framework sets after it has added the button", async () => {
    const element = document.createElement("qonto-pay-button");
    document.body.append(element);
    element.setAttribute("publishable-key", "pk_sandbox_demo");
    element.product = "mug";
    await untilChecked(warnings);
    expect(warnings.map(([text]) => text)).to.deep.equal([]);
  });

  it("has nothing to say about a correct button", async () => {
    for (const name of ALLOWED) placeButton({ [name]: "" });
    placeButton({ "publishable-key": null, publishablekey: "pk_sandbox_demo", showamount: "" });
    placeButton({ label: "buy", mode: "tab", theme: "dark", size: "large", "full-width": "", "show-amount": "" });
    placeButton({ product: null, items: `[{"product": "mug", "quantity": 2}]`, messages: `{"paid": "Thanks"}` });
    placeButton({ amount: "7.50", methods: "credit_card paypal" }, `<b slot="label">Buy it</b> <a href="/pay">Pay</a>`);
    placeButton({ amount: "7", endpoint: "/", quantity: null });
    await untilChecked(warnings);
    expect(warnings.map(([text]) => text)).to.deep.equal([]);
  });
});

describe("an unknown word", () => {
  for (const [name, words] of Object.entries(WORDS)) {
    it(`of \`${name}\` is one that the explanation does not list`, () => {
      const element = document.createElement("div");
      for (const word of ["", ...words]) {
        element.setAttribute(name, word);
        expect(hasUnknownWord(element), word).to.equal(false);
      }
      element.setAttribute(name, `${words[0]}s`);
      expect(hasUnknownWord(element)).to.equal(true);
    });
  }
});

describe("a rejection of the Worker", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  for (const [code, attributes, text] of [
    ["product_not_found", {}, /Does the catalogue contain `[\w-]+`\?/],
    ["invalid_key", {}, /Check `publishable-key`\./],
    ["quantity_out_of_range", {}, /Check `quantity` and the bounds of the product\./],
    ["amount_out_of_range", {}, /If the product has an open amount, set `amount` or `amounts`\./],
    ["amount_out_of_range", { amount: "5.00" }, /If it has a price, remove `amount` and `amounts`\./],
  ] as const) {
    it(`${code} of ${JSON.stringify(attributes)} is explained once for two clicks, with what to check`, async () => {
      const answer = (id: string) => ({ status: 422, body: workerError(code, "It can't be sold.", id) });
      const shop = await openShop(() => ({ checkouts: [answer("req_1"), answer("req_2")] }), attributes);
      for (const calls of [1, 2]) {
        shop.element.click();
        await until(async () => (await payCalls(shop.product)).length === calls);
        await untilState(shop, "error");
        await until(() => warnings.length > 0);
      }
      await untilChecked(warnings);
      expect(warnings.map(([said]) => said)).to.have.length(1);
      expect(warnings[0]?.[0]).to.match(text);
      expect(warnings[0]?.[0]).to.match(/\(req_1\)$/m);
    });
  }
});

describe("a Worker that is not at the endpoint", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  for (const [name, endpoint, text] of [
    ["nothing", "http://127.0.0.1:9", /from http:\/\/127\.0\.0\.1:9: nothing answers there/],
    [
      "a server that allows no other page",
      `${WORKER}/_closed`,
      /a server answers there, but not for this page \(CORS\)/,
    ],
    ["a server with pages", `${WORKER}/_pages`, /it answers 404, text\/html/],
  ] as const) {
    it(`is explained if ${name} is there, and the shopper sees no address`, async () => {
      const shop = await openShop(() => ({}), { endpoint });
      shop.element.click();
      await untilState(shop, "error");
      expect(look(shop).message).not.to.match(/http|endpoint|127/);
      await until(() => warnings.length > 0);
      expect(warnings).to.have.length(1);
      expect(warnings[0]?.[0]).to.match(text);
      expect(warnings[0]?.[0]).to.include(`${endpoint}/qonto-pay-button.json`);
      expect(warnings[0]?.[0].split("\n").at(-1)).to.equal(SECTIONS.endpoint);
      expect(eventsOf(shop, QontoPayErrorEvent)).to.have.length(1);
      expect(await payCalls(shop.product)).to.have.length(0);
    });
  }
});
