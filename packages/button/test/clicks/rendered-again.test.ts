import { expect } from "@open-wc/testing";
import { type QontoPayButton, QontoPayErrorEvent, QontoPayRedirectEvent } from "../../src/index.ts";
import {
  WORKER,
  checkout,
  closeShops,
  hurry,
  look,
  newProduct,
  openShop,
  pageVisits,
  payCalls,
  price,
  push,
  report,
  setScript,
  type Shop,
  until,
  untilState,
} from "../support/page.ts";
import { clickUntil, SLOW_MS, slow as slowly } from "../support/clicks.ts";
import { openedTabs } from "../support/opened-tabs.ts";
import type { Script } from "../support/scripted-worker.ts";

/** How long an answered click waits for a button. */
const TAKE_OVER_MS = 2_000;

/** A part of the page that renders again, and the events of all buttons in it. */
interface Place {
  readonly product: string;
  readonly box: HTMLElement;
  readonly events: Event[];
  /** The HTML of a button for this product. */
  readonly html: (attributes?: string) => string;
  /** The only button, or the one that a selector finds. */
  readonly shop: (selector?: string) => Shop;
}

const slow = (product: string): Script => ({
  checkouts: [{ status: 201, body: checkout(product), delay_ms: SLOW_MS }],
  statuses: [report(product, "open")],
});

let place: Place;
/** Whether redirects are canceled. */
let stays = true;
const tabs = openedTabs();

async function openPlace(attributes = "", script: (product: string) => Script = slow): Promise<void> {
  const product = newProduct();
  await setScript(product, script(product));
  const box = document.createElement("div");
  const events: Event[] = [];
  for (const type of ["start", "redirect", "status", "error"]) {
    // On the window: a test replaces the body.
    const listener = (event: Event): void => {
      if ((event.target as QontoPayButton).product !== product) return;
      events.push(event);
      if (type === "redirect" && stays) event.preventDefault();
    };
    addEventListener(`qonto-pay-${type}`, listener);
    listeners.push(() => removeEventListener(`qonto-pay-${type}`, listener));
  }
  const html = (more = attributes) =>
    `<qonto-pay-button endpoint="${WORKER}" publishable-key="pk_sandbox_demo" product="${product}" ${more}></qonto-pay-button>`;
  const shop = (selector = "qonto-pay-button"): Shop => {
    const element = document.querySelector<QontoPayButton>(selector);
    if (element === null) throw new Error(`There is no ${selector}.`);
    return { element, product, events, leaves: false };
  };
  box.innerHTML = html();
  document.body.append(box);
  place = { product, box, events, html, shop };
  await shop().element.updateComplete;
}
const listeners: (() => void)[] = [];
const redirects = (): QontoPayRedirectEvent[] =>
  place.events.filter((event): event is QontoPayRedirectEvent => event instanceof QontoPayRedirectEvent);

/** Returns the button that leads to the pay page. */
const leaving = () => redirects()[0]?.target as Element | undefined;

async function click(): Promise<void> {
  place.shop().element.click();
  await untilState(place.shop(), "busy");
}

/** Waits until the click was answered: the stand-in for the Worker answers another button after it. */
async function untilAnswered(): Promise<void> {
  const later = await openShop(slowly);
  await clickUntil(later, "idle");
  later.element.remove();
}

beforeEach(() => {
  stays = true;
});
afterEach(() => {
  for (const remove of listeners.splice(0)) remove();
  closeShops();
  place.box.remove();
});

/** How pages render again. */
const WAYS: Readonly<Record<string, () => void>> = {
  "sets the same HTML again": () => {
    place.box.innerHTML = place.html();
  },
  "moves the button": () => document.body.prepend(place.shop().element),
  "adds the new button before it removes the old one": () => {
    const { element } = place.shop();
    element.insertAdjacentHTML("beforebegin", place.html());
    element.remove();
  },
  "replaces the body by a clone": () => document.body.replaceWith(document.body.cloneNode(true)),
  "replaces the body by its HTML": () => {
    const body = document.createElement("body");
    body.innerHTML = document.body.innerHTML;
    document.body.replaceWith(body);
  },
  "sets the same HTML twice": () => {
    place.box.innerHTML = place.html();
    place.box.innerHTML = place.html();
  },
};

for (const [way, render] of Object.entries(WAYS)) {
  describe(`a page that ${way} while the Worker answers`, () => {
    it("still sends the shopper to the pay page, once", async () => {
      await openPlace();
      await click();
      render();
      await untilState(place.shop(), "busy");
      await until(() => redirects().length > 0);
      expect(leaving()?.isConnected).to.equal(true);
      await untilState(place.shop(), "waiting");
      expect(redirects()).to.have.length(1);
      expect(await payCalls(place.product)).to.have.length(1);
    });

    it('opens the pay page in one tab with mode="tab"', async () => {
      await openPlace(`mode="tab"`);
      stays = false;
      await click();
      render();
      await untilState(place.shop(), "waiting");
      expect(look(place.shop()).hint).to.include("Pay in the other tab");
      await until(async () => (await pageVisits(place.product)).length === 1);
      expect(tabs).to.have.length(1);
      expect(await payCalls(place.product)).to.have.length(1);
    });

    it('shows the code with mode="qr"', async () => {
      await openPlace(`mode="qr"`);
      stays = false;
      await click();
      render();
      await untilState(place.shop(), "waiting");
      expect(look(place.shop()).isCodeShown).to.equal(true);
      expect(await payCalls(place.product)).to.have.length(1);
    });

    it("keeps the code or the hint that is shown", async () => {
      for (const mode of ["qr", "tab"]) {
        await openPlace(`mode="${mode}"`);
        stays = false;
        await click();
        await untilState(place.shop(), "waiting");
        render();
        await untilState(place.shop(), "waiting");
        expect(look(place.shop()).hint).not.to.equal("");
        expect(look(place.shop()).isCodeShown).to.equal(mode === "qr");
        expect(await payCalls(place.product)).to.have.length(1);
        await push(place.product, "paid");
        await untilState(place.shop(), "paid");
        place.shop().element.remove();
      }
    });
  });
}

describe("a click whose button was removed", () => {
  it("waits for a button that the page shows after the answer", async () => {
    // A busy machine takes long for the steps of this test.
    const hurryUp = hurry(window, 0.01, [], TAKE_OVER_MS);
    try {
      await openPlace();
      await click();
      place.box.innerHTML = "<p>Loading</p>";
      await untilAnswered();
      expect(redirects()).to.have.length(0);
      place.box.innerHTML = place.html();
      await until(() => redirects().length === 1);
      expect(await payCalls(place.product)).to.have.length(1);
    } finally {
      hurryUp();
    }
  });

  it("does not send the shopper away if no button for its purchase follows, and closes its tab", async () => {
    const calmDown = hurry(window, 10, [], TAKE_OVER_MS);
    try {
      await openPlace(`mode="tab"`);
      await click();
      place.box.innerHTML = place.html(`mode="tab" quantity="2"`);
      await until(() => tabs[0]?.closed === true);
      await untilState(place.shop(), "idle");
      expect(redirects()).to.have.length(0);
      place.box.innerHTML = place.html();
      await untilState(place.shop(), "waiting");
      expect(redirects()).to.have.length(0);
    } finally {
      calmDown();
    }
  });

  it("does not show its code again long after the page has removed it", async () => {
    const calmDown = hurry(window, 10, [], TAKE_OVER_MS);
    try {
      await openPlace(`mode="qr"`);
      stays = false;
      await click();
      await untilState(place.shop(), "waiting");
      place.box.innerHTML = "";
      // Timers with the same delay fire in order.
      await new Promise((resolve) => setTimeout(resolve, TAKE_OVER_MS));
      place.box.innerHTML = place.html();
      await untilState(place.shop(), "waiting");
      expect(look(place.shop()).isCodeShown).to.equal(false);
    } finally {
      calmDown();
    }
  });

  it("shows its problem on the new button", async () => {
    await openPlace("", () => ({ checkouts: [{ status: 500, body: "", delay_ms: SLOW_MS }] }));
    await click();
    place.box.innerHTML = place.html();
    await untilState(place.shop(), "error");
    expect(place.events.filter((event) => event instanceof QontoPayErrorEvent)).to.have.length(1);
  });

  it("shows Paid on the new button if the order is paid already", async () => {
    await openPlace(`reference="AB-1"`, (product) => ({
      checkouts: [{ body: checkout(product, "paid"), delay_ms: SLOW_MS }],
    }));
    await click();
    place.box.innerHTML = place.html();
    await untilState(place.shop(), "paid");
    expect(redirects()).to.have.length(0);
  });

  it("continues on another button for the same purchase", async () => {
    await openPlace();
    place.box.insertAdjacentHTML("beforeend", place.html(`id="other"`));
    await click();
    place.shop("qonto-pay-button:not(#other)").element.remove();
    await untilState(place.shop("#other"), "busy");
    await until(() => redirects().length === 1);
    expect(leaving()?.id).to.equal("other");
    expect(await payCalls(place.product)).to.have.length(1);
  });

  it("continues on the button that states its purchase after the page has exchanged two products", async () => {
    await openPlace(`quantity="1"`);
    place.box.insertAdjacentHTML("beforeend", place.html(`quantity="2" id="other"`));
    const [one, two] = [place.shop().element, place.shop("#other").element];
    await click();
    [one.quantity, two.quantity] = [2, 1];
    await until(() => redirects().length === 1);
    expect(leaving()).to.equal(two);
    await untilState({ ...place.shop(), element: one }, "idle");
    expect(await payCalls(place.product)).to.have.length(1);
  });

  it("is not taken over by a button for another purchase", async () => {
    await openPlace();
    await click();
    place.box.innerHTML = place.html(`quantity="3"`);
    await untilAnswered();
    expect(redirects()).to.have.length(0);
    expect(look(place.shop()).state).to.equal("idle");
  });

  it("is not taken over by a button that is removed, too", async () => {
    await openPlace();
    await click();
    place.box.innerHTML = place.html();
    place.box.innerHTML = "";
    await untilAnswered();
    expect(redirects()).to.have.length(0);
  });

  it("keeps the price that the shopper saw", async () => {
    await openPlace("show-amount", (product) => ({
      ...slow(product),
      prices: [{ body: price("13.30") }, { body: price("15.00") }],
    }));
    await until(async () => {
      await place.shop().element.updateComplete;
      return look(place.shop()).amount !== "";
    });
    await click();
    place.box.innerHTML = place.html();
    await until(() => redirects().length === 1);
    const sent = JSON.parse((await payCalls(place.product))[0]?.body ?? "") as unknown;
    expect(sent).to.deep.include({ shown_amount: { value: "13.30", currency: "EUR" } });
  });
});

describe("a page that leaves for the pay page", () => {
  it("and renders again meanwhile arrives there once", async () => {
    const product = newProduct();
    const body = "<!doctype html><title>The pay page</title>";
    await setScript(product, {
      checkouts: [{ status: 201, body: checkout(product), delay_ms: SLOW_MS }],
      pages: [{ body, delay_ms: SLOW_MS }],
    });
    const define = new URL("../../src/define.ts", import.meta.url).href;
    const query = new URLSearchParams({ product, endpoint: WORKER, define }).toString();
    const page = window.open(`${new URL("../shop.html", import.meta.url).href}?${query}`, "", "popup") as Window;
    const button = (): HTMLButtonElement | null | undefined =>
      page.document.querySelector("qonto-pay-button")?.shadowRoot?.querySelector("button");
    await until(() => button() != null && page.document.readyState === "complete");
    button()?.click();
    const renderAgain = (): void => page.document.body.replaceWith(page.document.body.cloneNode(true));
    renderAgain();
    await until(async () => (await pageVisits(product)).length === 1);
    renderAgain();
    await until(() => button()?.ariaBusy === "true");
    button()?.click();
    await until(() => {
      try {
        return page.document.title === "";
      } catch {
        return true;
      }
    });
    expect(await pageVisits(product)).to.have.length(1);
    expect(await payCalls(product)).to.have.length(1);
  });
});
