import { expect } from "@open-wc/testing";
import {
  checkout,
  closeShops,
  look,
  openShop,
  price,
  push,
  report,
  type Shop,
  until,
  untilState,
  workerError,
} from "./support/page.ts";
import { alreadyPaid } from "./support/clicks.ts";

/** Opens a new button in each of its states, as a shopper would reach them. */
const STATES: Readonly<Record<string, (attributes: Readonly<Record<string, string>>) => Promise<Shop>>> = {
  idle: (attributes) => openShop(() => ({ prices: [{ body: price() }] }), attributes),
  busy: (attributes) =>
    clicked(
      { attributes, script: (product) => ({ checkouts: [{ body: checkout(product), delay_ms: 2000 }] }) },
      "busy",
    ),
  error: (attributes) =>
    clicked(
      {
        attributes,
        script: () => ({ checkouts: [{ status: 422, body: workerError("quantity_out_of_range", "No.") }] }),
      },
      "error",
    ),
  processing: (attributes) =>
    clicked(
      {
        attributes,
        script: (product) => ({
          checkouts: [{ body: checkout(product, "processing") }],
          statuses: [report(product, "processing")],
        }),
      },
      "processing",
    ),
  paid: (attributes) => clicked({ attributes, script: alreadyPaid }, "paid"),
};

async function clicked(
  { attributes, script }: { attributes: Readonly<Record<string, string>>; script: Parameters<typeof openShop>[0] },
  state: string,
): Promise<Shop> {
  const shop = await openShop(script, attributes);
  shop.element.click();
  await untilState(shop, state);
  return shop;
}

describe("every state", () => {
  afterEach(() => {
    closeShops();
    document.documentElement.style.removeProperty("color-scheme");
    document.body.removeAttribute("style");
  });

  for (const [state, reach] of Object.entries(STATES)) {
    for (const theme of ["light", "dark"]) {
      it(`${state} has no axe violation, ${theme}`, async () => {
        document.documentElement.style.colorScheme = theme;
        document.body.style.background = theme === "dark" ? "#111" : "#fff";
        const shop = await reach({ theme });
        await transitionsOf(shop);
        await expect(shop.element).to.be.accessible();
      });
    }

    it(`${state} keeps the focus and a target of 44 px`, async () => {
      const shop = await reach({});
      shop.element.focus();
      const { button } = look(shop);
      expect(shop.element.shadowRoot?.activeElement).to.equal(button);
      expect(button.getBoundingClientRect().height).to.be.at.least(44);
      expect(button.disabled).to.equal(false);
      expect(button.getAttribute("aria-busy")).to.equal(state === "busy" ? "true" : null);
      expect(button.getAttribute("aria-disabled")).to.equal(["idle", "error"].includes(state) ? null : "true");
    });

    it(`${state} stays within a narrow column`, async () => {
      document.body.style.width = "140px";
      const shop = await reach({ label: "subscribe" });
      expect(document.body.scrollWidth).to.be.at.most(140);
      expect(shop.element.getBoundingClientRect().width).to.be.at.most(140);
    });
  }
});

describe("the theme", () => {
  afterEach(() => {
    closeShops();
    document.documentElement.style.removeProperty("color-scheme");
  });

  const background = (shop: Shop): string => getComputedStyle(look(shop).button).backgroundColor;

  it("follows the page unless the button sets its own", async () => {
    const shop = await openShop(() => ({}));
    const light = background(shop);
    document.documentElement.style.colorScheme = "dark";
    const dark = background(shop);
    expect(dark).not.to.equal(light);
    shop.element.setAttribute("theme", "light");
    expect(background(shop)).to.equal(light);
    shop.element.setAttribute("theme", "auto");
    expect(background(shop)).to.equal(dark);
  });
});

describe("a hidden button", () => {
  afterEach(closeShops);

  it("is not shown, even with full-width", async () => {
    for (const attributes of [{ hidden: "" }, { hidden: "", "full-width": "" }]) {
      expect((await openShop(() => ({}), attributes)).element.getClientRects()).to.have.length(0);
    }
  });
});

describe("the label", () => {
  afterEach(closeShops);

  const LABELS = {
    pay: "Pay",
    buy: "Buy now",
    order: "Order and pay",
    book: "Book and pay",
    subscribe: "Subscribe and pay",
    donate: "Donate",
    tip: "Leave a tip",
  };
  for (const [label, text] of Object.entries(LABELS)) {
    it(`${label} reads "${text}"`, async () => {
      expect(look(await openShop(() => ({}), { label })).label).to.equal(text);
    });
  }

  for (const label of ["", "unknown", "constructor", "__proto__", "<b>x</b>"]) {
    it(`${JSON.stringify(label)} reads "Pay"`, async () => {
      expect(look(await openShop(() => ({}), { label })).label).to.equal("Pay");
    });
  }

  it("is replaced by slotted content", async () => {
    const shop = await openShop(() => ({}), {}, `<b slot="label">Get the mug</b><a href="/pay">Pay by link</a>`);
    const slotted = shop.element.querySelector("b");
    expect(look(shop).button.contains(slotted?.assignedSlot ?? null)).to.equal(true);
    expect(slotted?.getBoundingClientRect().width).to.be.greaterThan(0);
  });

  it("does not show the fallback for pages without JavaScript", async () => {
    const shop = await openShop(() => ({}), {}, `<a href="/pay">Pay by link</a>`);
    expect(shop.element.querySelector("a")?.getClientRects()).to.have.length(0);
  });

  it("is replaced by the words of an error", async () => {
    const shop = await openShop(
      () => ({ checkouts: [{ status: 500, body: "" }] }),
      {},
      `<b slot="label">Get the mug</b><i slot="error">Retry</i>`,
    );
    shop.element.click();
    await untilState(shop, "error");
    expect(shop.element.querySelector("b")?.getClientRects()).to.have.length(0);
    expect(shop.element.querySelector("i")?.getClientRects()).to.have.length(1);
  });
});

describe("focus", () => {
  afterEach(closeShops);

  it("stays on the button from the click to the end", async () => {
    const shop = await openShop((product) => ({
      checkouts: [
        { status: 500, body: "", delay_ms: 100 },
        { status: 201, body: checkout(product), delay_ms: 100 },
      ],
      statuses: [report(product, "open")],
    }));
    const focused = () => shop.element.shadowRoot?.activeElement;
    const { button } = look(shop);
    button.focus();
    for (const state of ["busy", "error"]) {
      if (state === "busy") button.click();
      await untilState(shop, state);
      expect(focused(), state).to.equal(button);
    }
    button.click();
    await until(() => shop.events.some(({ type }) => type === "qonto-pay-status"));
    expect(focused()).to.equal(button);
    for (const state of ["processing", "paid"] as const) {
      await push(shop.product, state);
      await untilState(shop, state);
      expect(focused(), state).to.equal(button);
    }
  });
});

describe("a button that was just added to the page", () => {
  afterEach(() => document.querySelector("main")?.remove());

  it("takes the focus, as a native button does", () => {
    const main = document.body.appendChild(document.createElement("main"));
    main.innerHTML = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug"></qonto-pay-button>`;
    const element = main.firstElementChild as HTMLElement;
    element.focus();
    expect(document.activeElement?.localName).to.equal("qonto-pay-button");
    expect(element.shadowRoot?.activeElement?.textContent).to.equal("Pay");
  });
});

describe("a live region", () => {
  afterEach(closeShops);

  it("is rendered before its text is set, and describes the button", async () => {
    const shop = await openShop(() => ({ checkouts: [{ status: 500, body: "" }] }));
    const root = shop.element.shadowRoot;
    const alert = root?.querySelector("[role=alert]");
    const status = root?.querySelector("[role=status]");
    expect(look(shop).button.getAttribute("aria-describedby")).to.equal(alert?.id);
    for (const region of [alert, status])
      expect(region?.getClientRects(), "a region that is not rendered is not announced").to.have.length(1);
    shop.element.click();
    await untilState(shop, "busy");
    expect(look(shop).spoken).to.match(/^Opening the payment page\./);
    await untilState(shop, "error");
    expect(root?.querySelector("[role=alert]")).to.equal(alert);
    expect(root?.querySelector("[role=status]")).to.equal(status);
    expect(alert?.getClientRects()).to.have.length(1);
  });

  it("does not repeat itself when something else changes", async () => {
    const shop = await openShop(() => ({ checkouts: [{ status: 500, body: "" }] }));
    shop.element.click();
    await untilState(shop, "error");
    const alert = shop.element.shadowRoot?.querySelector("[role=alert]");
    const said = alert?.firstChild;
    shop.element.label = "buy";
    await shop.element.updateComplete;
    expect(said).to.be.instanceOf(Text);
    expect(alert?.firstChild).to.equal(said);
  });
});

/** Waits until the transitions of colours have finished. */
async function transitionsOf({ element }: Shop): Promise<void> {
  const animations = element.shadowRoot?.getAnimations() ?? [];
  await Promise.all(animations.filter((one) => one instanceof CSSTransition).map(({ finished }) => finished));
}
