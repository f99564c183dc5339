import { expect } from "@open-wc/testing";
import { closeShops, look, openShop, type Shop, until } from "./support/page.ts";

const marks = ({ element }: Shop): HTMLElement[] => [
  ...(element.shadowRoot?.querySelector("[part=methods]")?.shadowRoot?.querySelectorAll("li") ?? []),
];
const names = (shop: Shop): string[] => marks(shop).map(({ textContent }) => textContent);

describe("payment methods", () => {
  afterEach(closeShops);

  it("are shown in the listed order, each with its own drawing, and unknown ones are ignored", async () => {
    const shop = await openShop(() => ({}), { methods: " ideal  paypal cash constructor apple_pay credit_card" });
    await until(() => marks(shop).length > 0);
    expect(names(shop)).to.deep.equal(["iDEAL", "PayPal", "Apple Pay", "Card"]);
    const drawings = marks(shop).map((mark) => mark.querySelector("path")?.getAttribute("d"));
    expect(new Set(drawings).size).to.equal(4);
    for (const drawing of marks(shop).map((mark) => mark.querySelector("svg"))) {
      expect(drawing?.getAttribute("aria-hidden")).to.equal("true");
      expect(getComputedStyle(drawing as Element).stroke).to.equal(getComputedStyle(shop.element).color);
    }
  });

  it("follow the attribute and the language, and can have other names", async () => {
    const shop = await openShop(() => ({}), { methods: "paypal" });
    await until(() => names(shop).join() === "PayPal");
    shop.element.methods = "credit_card";
    shop.element.lang = "de";
    await until(() => names(shop).join() === "Karte");
    shop.element.messages = { credit_card: "Visa, Mastercard" };
    await until(() => names(shop).join() === "Visa, Mastercard");
    shop.element.methods = null;
    await shop.element.updateComplete;
    expect(marks(shop)).to.have.length(0);
  });

  it("do not make the button wider", async () => {
    const plain = await openShop(() => ({}));
    const shop = await openShop(() => ({}), { methods: "credit_card apple_pay paypal ideal" });
    await until(() => marks(shop).length > 0);
    const widthOf = (one: Shop) => look(one).button.getBoundingClientRect().width;
    expect(widthOf(shop)).to.equal(widthOf(plain));
    await expect(shop.element).to.be.accessible();
  });
});
