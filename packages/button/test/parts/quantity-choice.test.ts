import { expect } from "@open-wc/testing";
import type { QontoPayChangeEvent } from "../../src/index.ts";
import {
  fieldOf,
  inChoice,
  LANGUAGES,
  leave,
  messageOf,
  pause,
  pricesAsked,
  textIn,
  type,
  untilChoice,
} from "../support/choice.ts";
import { SECTIONS } from "../../src/help/tell.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import {
  attemptIds,
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
} from "../support/page.ts";

const STEPPER = { "quantity-input": "" };
const BOUNDS = { min_quantity: 1, max_quantity: 10 };
const mug = (product: string) => ({
  prices: [{ body: { ...price(), ...BOUNDS } }],
  checkouts: [{ status: 201, body: checkout(product) }],
});

const steps = (shop: Shop): HTMLElement[] => inChoice(shop, "[part=step]");
const fewer = (shop: Shop): void => steps(shop)[0]?.click();
const more = (shop: Shop): void => steps(shop)[1]?.click();
const isOff = (shop: Shop): (string | null | undefined)[] => steps(shop).map(({ ariaDisabled }) => ariaDisabled);
const changes = (shop: Shop): unknown[] =>
  shop.events
    .filter(({ type: name }) => name === "qonto-pay-change")
    .map((event) => (event as QontoPayChangeEvent).quantity);

async function openMug(attributes: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const shop = await openShop(mug, { ...STEPPER, ...attributes });
  await untilChoice(shop);
  return shop;
}

/** Clicks, and returns the quantity that the button sends. */
async function bought(shop: Shop): Promise<unknown> {
  const before = (await payCalls(shop.product)).length;
  shop.element.click();
  await until(async () => (await payCalls(shop.product)).length > before);
  return (JSON.parse((await payCalls(shop.product)).at(-1)?.body ?? "") as { quantity?: unknown }).quantity;
}

describe("a button with quantity-input", () => {
  const warnings = heardWarnings();
  afterEach(closeShops);

  it("begins with one piece, or with the quantity of the attribute", async () => {
    const shop = await openMug();
    expect(fieldOf(shop).value).to.equal("1");
    expect(isOff(shop)).to.deep.equal(["true", "false"]);
    const two = await openMug({ quantity: "2" });
    expect(fieldOf(two).value).to.equal("2");
    expect(await bought(two)).to.equal(2);
    expect(changes(two)).to.have.length(0);
  });

  for (const quantity of ["0", "two"]) {
    it(`sells the one piece that it shows if the attribute is "${quantity}"`, async () => {
      const shop = await openMug({ quantity });
      expect(fieldOf(shop).value).to.equal("1");
      expect(await bought(shop)).to.equal(1);
    });
  }

  it("sends the quantity that the shopper chooses, and an event reports it", async () => {
    const shop = await openMug();
    more(shop);
    expect([shop.element.quantity, changes(shop)]).to.deep.equal([2, [2]]);
    await pause();
    fewer(shop);
    expect([shop.element.quantity, changes(shop)]).to.deep.equal([1, [2, 1]]);
    await pause();
    more(shop);
    expect(await bought(shop)).to.equal(2);
  });

  it("costs two price requests at most for ten quick presses, and shows the last price", async () => {
    const shop = await openShop(
      () => ({ prices: [{ body: price() }, { body: price("26.60"), delay_ms: 100 }, { body: price("146.30") }] }),
      { ...STEPPER, "show-amount": "", label: "subscribe" },
    );
    await untilChoice(shop);
    await until(() => look(shop).amount === "€13.30");
    const { width } = look(shop).button.getBoundingClientRect();
    for (let press = 0; press < 10; press += 1) {
      more(shop);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(look(shop).button.getBoundingClientRect().width, "the width of the button").to.equal(width);
    }
    expect(fieldOf(shop).value).to.equal("11");
    await until(() => look(shop).amount === "€146.30");
    expect((await pricesAsked(shop.product)).map(({ quantity }) => quantity)).to.deep.equal([undefined, 2, 11]);
    expect(changes(shop)).to.deep.equal([2, 11]);
  });

  it("shows no price that is not that of the chosen quantity", async () => {
    const shop = await openShop(
      () => ({ prices: [{ body: price() }, { body: price("26.60"), delay_ms: 600 }, { body: price("39.90") }] }),
      { ...STEPPER, "show-amount": "" },
    );
    await untilChoice(shop);
    await until(() => look(shop).amount === "€13.30");
    const shownAmount = () => {
      const amount = shop.element.shadowRoot?.querySelector("[part=amount]") as HTMLElement;
      return getComputedStyle(amount).visibility === "hidden" ? "" : amount.textContent;
    };
    const seen = new Set<string>();
    const isDone = () => {
      seen.add(shownAmount());
      return shownAmount() === "€39.90";
    };
    more(shop);
    more(shop);
    await until(isDone);
    // Longer than the answer about two pieces takes.
    for (let look_again = 0; look_again < 7; look_again += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      isDone();
    }
    expect([...seen]).to.deep.equal(["", "€39.90"]);
  });

  it("is paid at once with the last quantity, without the price of an earlier one", async () => {
    const shop = await openMug({ "show-amount": "" });
    await until(() => look(shop).amount === "€13.30");
    more(shop);
    more(shop);
    more(shop);
    expect(await bought(shop)).to.equal(4);
    expect((await payCalls(shop.product))[0]?.body).not.to.include("shown_amount");
  });

  it("ends at the bounds of the product, which are read once, at the first use", async () => {
    const shop = await openMug({ quantity: "9" });
    expect(await pricesAsked(shop.product)).to.have.length(0);
    fieldOf(shop).focus();
    await until(() => fieldOf(shop).ariaValueMax === "10");
    more(shop);
    more(shop);
    expect(fieldOf(shop).value).to.equal("10");
    expect(isOff(shop)).to.deep.equal(["false", "true"]);
    expect(steps(shop)[1]?.matches(":disabled"), "it keeps the focus").to.equal(false);
    expect(await pricesAsked(shop.product)).to.have.length(1);
  });

  for (const lang of LANGUAGES) {
    it(`typed outside the bounds has a message in ${lang}, and is not sent`, async () => {
      const message = await textIn(lang, "quantity_bounds", { min: "1", max: "10" });
      const shop = await openMug({ lang, "show-amount": "" });
      await until(() => look(shop).amount !== "" && !look(shop).button.classList.contains("loading"));
      for (const text of ["0", "11", "1.5", "-2", "two", ""]) {
        type(shop, text);
        shop.element.click();
        expect(messageOf(shop), text).to.equal(message);
        expect(fieldOf(shop).ariaInvalid).to.equal("true");
      }
      expect(await payCalls(shop.product)).to.have.length(0);
      type(shop, "7");
      expect(messageOf(shop)).to.equal("");
      expect(await bought(shop)).to.equal(7);
    });
  }

  it("typed is applied after a pause, and a field that is empty for a moment has no message", async () => {
    const shop = await openMug();
    type(shop, "");
    expect(messageOf(shop)).to.equal("");
    type(shop, "4");
    expect(shop.element.quantity ?? 1).to.equal(1);
    await until(() => shop.element.quantity === 4);
    leave(shop);
    expect(changes(shop)).to.deep.equal([4]);
  });

  it("follows the arrow keys, and ignores the mouse wheel", async () => {
    const shop = await openMug();
    const press = (key: string) =>
      fieldOf(shop).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    press("ArrowUp");
    press("ArrowUp");
    press("ArrowDown");
    expect(fieldOf(shop).value).to.equal("2");
    fieldOf(shop).focus();
    const wheel = new WheelEvent("wheel", { deltaY: 100, bubbles: true, cancelable: true });
    fieldOf(shop).dispatchEvent(wheel);
    expect([fieldOf(shop).value, wheel.defaultPrevented, fieldOf(shop).type]).to.deep.equal(["2", false, "text"]);
  });

  it("follows the property of the page, and fires no event for it", async () => {
    const shop = await openMug();
    shop.element.quantity = 5;
    await shop.element.updateComplete;
    expect(fieldOf(shop).value).to.equal("5");
    expect(changes(shop)).to.have.length(0);
  });

  it("beside amounts is not shown, and the console says so", async () => {
    const shop = await openMug({ amounts: "5 10" });
    expect(steps(shop)).to.have.length(0);
    const text = `qonto-pay-button: \`quantity-input\` has no effect beside \`amounts\`. Keep one.\n${SECTIONS.value}`;
    await until(() => warnings.some((said) => said[0] === text));
  });

  it("is locked while it is disabled, busy and paid", async () => {
    const shop = await openShop(
      (product) => ({
        checkouts: [{ body: checkout(product, "paid"), delay_ms: 300 }],
        statuses: [report(product, "paid")],
      }),
      { ...STEPPER, disabled: "" },
    );
    await untilChoice(shop);
    const isLocked = () => [...steps(shop), fieldOf(shop)].map((target) => target.matches(":disabled"));
    expect(isLocked()).to.deep.equal([true, true, true]);
    shop.element.disabled = false;
    await shop.element.updateComplete;
    expect(isLocked()).to.deep.equal([false, false, false]);
    shop.element.click();
    await untilState(shop, "busy");
    expect(isLocked()).to.deep.equal([true, true, true]);
    await untilState(shop, "paid");
    expect(isLocked()).to.deep.equal([true, true, true]);
  });

  it("is the same purchase for one piece by default and one piece that was chosen", async () => {
    const shop = await openShop(
      (product) => ({ checkouts: [{ body: checkout(product) }], statuses: [report(product, "open")] }),
      STEPPER,
    );
    await untilChoice(shop);
    await bought(shop);
    await untilState(shop, "waiting");
    more(shop);
    await untilState(shop, "idle");
    fewer(shop);
    await untilState(shop, "waiting");
    expect([shop.element.quantity, await bought(shop)]).to.deep.equal([1, 1]);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  it("is clicked by click() as without it", async () => {
    const shop = await openMug();
    expect(await bought(shop)).to.equal(undefined);
    expect(fieldOf(shop).value).to.equal("1");
  });

  it("keeps the click on a step from a link around it", async () => {
    const shop = await openMug();
    const link = document.createElement("a");
    link.href = "#elsewhere";
    document.body.append(link);
    link.append(shop.element);
    let clicks = 0;
    link.addEventListener("click", () => (clicks += 1));
    more(shop);
    fieldOf(shop).click();
    expect([clicks, location.hash, shop.element.quantity]).to.deep.equal([0, "", 2]);
    link.remove();
  });

  for (const lang of LANGUAGES) {
    it(`has accessible names in ${lang}`, async () => {
      const names = await Promise.all(
        (["fewer", "choose_quantity", "more"] as const).map((name) => textIn(lang, name)),
      );
      const shop = await openMug({ lang });
      await until(() => !look(shop).button.classList.contains("loading"));
      const [less, plus] = steps(shop);
      expect([less?.ariaLabel, fieldOf(shop).ariaLabel, plus?.ariaLabel]).to.deep.equal(names);
      more(shop);
      expect(inChoice(shop, ".spoken")[0]?.textContent).to.equal(`${names[1]}: 2`);
      await expect(shop.element).to.be.accessible();
    });
  }
});
