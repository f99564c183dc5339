import { expect } from "@open-wc/testing";
import { SECTIONS } from "../../src/help/tell.ts";
import { fieldOf, inChoice, leave, messageOf, pricesAsked, type, untilChoice } from "../support/choice.ts";
import { AMOUNTS, BOUNDS, changes, donation, openDonation, paid, pick } from "../support/donation.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import {
  checkout,
  closeShops,
  look,
  openShop,
  payCalls,
  price,
  report,
  type Shop,
  until,
  untilState,
  workerError,
} from "../support/page.ts";

const chips = (shop: Shop): string[] => inChoice(shop, "[part~=chip]").map(({ textContent }) => textContent);
const chosen = (shop: Shop): string[] => inChoice(shop, "[part~=selected]").map(({ textContent }) => textContent);

describe("a button with amounts", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  it("shows each amount and one more choice, and the first one is chosen", async () => {
    const shop = await openDonation();
    expect(chips(shop)).to.deep.equal(["€5", "€10", "€20", "Other"]);
    expect(chosen(shop)).to.deep.equal(["€5"]);
    expect(shop.element.amount).to.equal("5");
    expect(fieldOf(shop).getClientRects()).to.have.length(0);
    expect(await paid(shop)).to.equal("5");
    expect(await pricesAsked(shop.product)).to.have.length(0);
    expect(changes(shop)).to.have.length(0);
  });

  it("sends the first amount even before the amounts are shown", async () => {
    const shop = await openShop(donation, AMOUNTS);
    expect(inChoice(shop, "fieldset")).to.have.length(0);
    shop.element.click();
    await until(async () => (await payCalls(shop.product)).length > 0);
    expect((await payCalls(shop.product))[0]?.body).to.include('"amount":"5"');
  });

  it("has the amount of the attribute chosen, however it is written", async () => {
    const shop = await openDonation({ amount: "10.00" });
    expect(chosen(shop)).to.deep.equal(["€10"]);
    expect(await paid(shop)).to.equal("10.00");
  });

  it("sends the amount that the shopper chooses, and an event reports it", async () => {
    const shop = await openDonation();
    pick(shop, "€20");
    expect(chosen(shop)).to.deep.equal(["€20"]);
    expect(shop.element.amount).to.equal("20");
    expect(changes(shop)).to.deep.equal(["20"]);
    expect(await paid(shop)).to.equal("20");
  });

  it("shows the amount that was chosen", async () => {
    const shop = await openShop(
      () => ({ prices: [{ body: { ...price("5.00"), ...BOUNDS } }, { body: { ...price("20.00"), ...BOUNDS } }] }),
      { ...AMOUNTS, "show-amount": "" },
    );
    await untilChoice(shop);
    await until(() => look(shop).amount === "€5.00");
    pick(shop, "€20");
    expect(look(shop).amount, "before the new price is known").to.equal("");
    await until(() => look(shop).amount === "€20.00");
    expect((await pricesAsked(shop.product)).map(({ amount }) => amount)).to.deep.equal(["5", "20"]);
  });

  it("pays the last of several quick choices, and reads two prices at most", async () => {
    const shop = await openDonation({ "show-amount": "" });
    await until(() => look(shop).amount === "€5.00");
    for (const text of ["€10", "€20", "€5", "€20", "€10", "€20"]) pick(shop, text);
    expect(chosen(shop)).to.deep.equal(["€20"]);
    expect(getComputedStyle(shop.element.shadowRoot?.querySelector("[part=amount]") as Element).visibility).to.equal(
      "hidden",
    );
    expect(await paid(shop)).to.equal("20");
    expect((await pricesAsked(shop.product)).map(({ amount }) => amount)).to.deep.equal(["5", "10", "20"]);
    expect(changes(shop)).to.deep.equal(["10", "20"]);
  });

  it("follows the properties of the page, and fires no event for them", async () => {
    const shop = await openDonation();
    shop.element.amount = "20.00";
    await shop.element.updateComplete;
    expect(chosen(shop)).to.deep.equal(["€20"]);
    shop.element.amount = "7.5";
    await shop.element.updateComplete;
    expect(chosen(shop)).to.deep.equal(["Other"]);
    expect(fieldOf(shop).value).to.equal("7.50");
    shop.element.amount = null;
    await shop.element.updateComplete;
    expect(changes(shop)).to.have.length(0);
  });

  it("follows another list: an amount of the earlier list is replaced, another amount stays", async () => {
    const shop = await openDonation();
    pick(shop, "€10");
    shop.element.amounts = "50 100.5";
    await shop.element.updateComplete;
    expect(chips(shop)).to.deep.equal(["€50", "€100.50", "Other"]);
    expect([chosen(shop), shop.element.amount]).to.deep.equal([["€50"], "50"]);
    pick(shop, "Other");
    type(shop, "33");
    leave(shop);
    await until(() => shop.element.amount === "33");
    shop.element.amounts = "5 10";
    await shop.element.updateComplete;
    expect([chosen(shop), shop.element.amount]).to.deep.equal([["Other"], "33"]);
    shop.element.amounts = null;
    await shop.element.updateComplete;
    expect(inChoice(shop, "fieldset")).to.have.length(0);
    expect(shop.element.shadowRoot?.querySelector("[part=choice]")?.getClientRects()).to.have.length(0);
  });

  it("ignores what is no amount, and logs it once", async () => {
    const shop = await openDonation({ amounts: "5,00 ten 10 €20 20" });
    expect(chips(shop)).to.deep.equal(["€10", "€20", "Other"]);
    expect(shop.element.amount).to.equal("10");
    await until(() => warnings.length > 0);
    expect(warnings).to.deep.equal([
      [
        `qonto-pay-button: \`amounts\` contains what is not an amount: \`5,00\`, \`ten\`, \`€20\`. It is not shown. Write decimal points, no currency, and spaces between the amounts: \`amounts="5 7.50 20"\`.\n${SECTIONS.value}`,
        shop.element,
      ],
    ]);
  });

  it("has only the field if the list has no amount", async () => {
    const missing = { status: 422, body: workerError("amount_out_of_range", "This amount can't be paid.") };
    const shop = await openShop(() => ({ prices: [missing] }), { ...AMOUNTS, amounts: "5,10,20" });
    await untilChoice(shop);
    expect(chips(shop)).to.have.length(0);
    expect(fieldOf(shop).getClientRects()).to.have.length(1);
    shop.element.click();
    expect(messageOf(shop)).to.equal("Enter an amount, such as 7.50.");
    expect(await payCalls(shop.product)).to.have.length(0);
  });

  it("without a product has no choice, and logs why", async () => {
    const shop = await openShop(donation, { ...AMOUNTS, product: "", items: `[{"product": "mug"}]` });
    const text = `qonto-pay-button: \`amounts\` has no effect without \`product\`.\n${SECTIONS.value}`;
    await until(() => warnings.some((said) => said[0] === text));
    await shop.element.updateComplete;
    expect(inChoice(shop, "fieldset")).to.have.length(0);
  });

  it("locks the choice while it is disabled, busy and paid", async () => {
    const shop = await openShop(
      (product) => ({
        checkouts: [{ body: checkout(product, "paid"), delay_ms: 300 }],
        statuses: [report(product, "paid")],
      }),
      { ...AMOUNTS, disabled: "" },
    );
    await untilChoice(shop);
    const isLocked = () => inChoice<HTMLFieldSetElement>(shop, "fieldset")[0]?.disabled;
    expect(isLocked()).to.equal(true);
    shop.element.disabled = false;
    await shop.element.updateComplete;
    expect(isLocked()).to.equal(false);
    shop.element.click();
    await untilState(shop, "busy");
    expect(isLocked()).to.equal(true);
    await untilState(shop, "paid");
    expect(isLocked()).to.equal(true);
  });

  it("starts another attempt for another amount", async () => {
    const shop = await openShop(
      (product) => ({ checkouts: [{ body: checkout(product) }], statuses: [report(product, "open")] }),
      AMOUNTS,
    );
    await untilChoice(shop);
    await paid(shop);
    await untilState(shop, "waiting");
    pick(shop, "€10");
    await untilState(shop, "idle");
    pick(shop, "€5");
    await untilState(shop, "waiting");
  });

  it("keeps the choice when the page renders the same HTML again, and when the button is moved", async () => {
    const shop = await openDonation();
    const place = document.createElement("div");
    document.body.append(place);
    place.append(shop.element);
    pick(shop, "€20");
    expect([chosen(shop), shop.element.amount]).to.deep.equal([["€20"], "20"]);
    const html = place.innerHTML;
    place.innerHTML = html;
    const again = { ...shop, element: place.firstElementChild as typeof shop.element };
    await untilChoice(again);
    expect([chosen(again), again.element.amount]).to.deep.equal([["€20"], "20"]);
    const other = { ...shop, element: again.element.cloneNode() as typeof shop.element };
    place.append(other.element);
    await untilChoice(other);
    expect(chosen(other), "another button beside it").to.deep.equal(["€5"]);
    place.remove();
  });

  it("pays the chosen amount if the page renders the same HTML again during the click", async () => {
    const shop = await openShop((product) => ({ checkouts: [{ body: checkout(product), delay_ms: 500 }] }), {
      ...AMOUNTS,
    });
    await untilChoice(shop);
    const place = document.createElement("div");
    document.body.append(place);
    place.append(shop.element);
    const redirects: Event[] = [];
    place.addEventListener("qonto-pay-redirect", (event) => {
      event.preventDefault();
      redirects.push(event);
    });
    pick(shop, "€20");
    shop.element.click();
    await untilState(shop, "busy");
    const html = place.innerHTML;
    place.innerHTML = html;
    await until(() => redirects.length === 1);
    expect(
      (await payCalls(shop.product)).map(({ body }) => (JSON.parse(body) as { amount: string }).amount),
    ).to.deep.equal(["20"]);
    place.remove();
  });

  it("keeps the click on a choice from a link and a card around it", async () => {
    const shop = await openDonation();
    const link = document.createElement("a");
    link.href = "#elsewhere";
    document.body.append(link);
    link.append(shop.element);
    let clicks = 0;
    link.addEventListener("click", () => (clicks += 1));
    pick(shop, "€20");
    pick(shop, "Other");
    fieldOf(shop).click();
    expect([clicks, location.hash, shop.element.amount]).to.deep.equal([0, "", "20"]);
    link.remove();
  });

  it("focuses the button, not the choice", async () => {
    const shop = await openDonation();
    shop.element.focus();
    expect(shop.element.shadowRoot?.activeElement).to.equal(look(shop).button);
  });

  it("is named for screen readers, and axe finds no violation", async () => {
    const shop = await openDonation();
    const [group] = inChoice(shop, "fieldset");
    expect([group?.role, group?.ariaLabel]).to.deep.equal(["radiogroup", "Amount in euros"]);
    await expect(shop.element).to.be.accessible();
    pick(shop, "Other");
    leave(shop);
    shop.element.click();
    expect(fieldOf(shop).ariaLabel).to.equal("Amount in euros");
    await expect(shop.element).to.be.accessible();
  });
});
