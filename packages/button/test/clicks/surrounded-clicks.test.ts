import { expect } from "@open-wc/testing";
import { sendKeys, sendMouse } from "@web/test-runner-commands";
import { QontoPayRedirectEvent } from "../../src/index.ts";
import {
  IS_WEBKIT,
  closeShops,
  eventsOf,
  look,
  openShop,
  payCalls,
  type Shop,
  until,
  untilState,
} from "../support/page.ts";
import { open, slow } from "../support/clicks.ts";
import { openedTabs } from "../support/opened-tabs.ts";
import type { Script } from "../support/scripted-worker.ts";

const ELSEWHERE = "#elsewhere";

/** Goes elsewhere like a link of a framework, which ignores a click whose default is prevented. */
function followLink(event: Event): void {
  if (event.defaultPrevented) return;
  event.preventDefault();
  location.hash = ELSEWHERE;
}

function goElsewhere(): void {
  location.hash = ELSEWHERE;
}

/** What a page may have around a button. Each returns the innermost element, which gets the button. */
const SURROUNDINGS: Readonly<Record<string, (place: HTMLElement) => HTMLElement>> = {
  "a link": (place) => add(place, "a", { href: ELSEWHERE }),
  "a link that a framework handles": (place) => {
    const link = add(place, "a", { href: ELSEWHERE });
    link.addEventListener("click", followLink);
    return link;
  },
  "a link that a framework handles first": (place) => {
    const link = add(place, "a", { href: ELSEWHERE });
    link.addEventListener("click", followLink, true);
    return link;
  },
  "a card with a handler of clicks": (place) => {
    place.addEventListener("click", goElsewhere);
    place.addEventListener("auxclick", goElsewhere);
    return add(place, "div", {});
  },
  "a card with a handler of keys": (place) => {
    const card = add(place, "div", { role: "link", tabindex: "0" });
    for (const type of ["keydown", "keyup"]) {
      card.addEventListener(type, (event) => {
        const { key } = event as KeyboardEvent;
        if (key === "Enter" || key === " ") goElsewhere();
      });
    }
    return card;
  },
  "a label": (place) => {
    const label = add(place, "label", {});
    add(label, "input", { type: "checkbox" }).addEventListener("change", goElsewhere);
    return label;
  },
  "something draggable": (place) => {
    const card = add(place, "div", { draggable: "true" });
    card.addEventListener("dragstart", goElsewhere);
    return card;
  },
  "a summary": (place) => {
    const details = add(place, "details", {});
    details.addEventListener("toggle", goElsewhere);
    return add(details, "summary", {});
  },
};

function add(place: HTMLElement, tag: string, attributes: Readonly<Record<string, string>>): HTMLElement {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  place.append(element);
  return element;
}

const WAYS: Readonly<Record<string, (shop: Shop) => Promise<void>>> = {
  "a click": ({ element }) => clickOn(element),
  Enter: async ({ element }) => {
    element.focus();
    await sendKeys({ press: "Enter" });
  },
  Space: async ({ element }) => {
    element.focus();
    await sendKeys({ press: " " });
  },
};

async function clickOn(element: Element, button: "left" | "middle" = "left"): Promise<void> {
  await sendMouse({ type: "click", position: centerOf(element), button });
}

function centerOf(element: Element): [number, number] {
  element.scrollIntoView({ block: "center" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
}

let place: HTMLElement;
beforeEach(() => {
  place = add(document.body, "div", {});
});
afterEach(() => {
  place.remove();
  closeShops();
  history.replaceState(null, "", location.pathname + location.search);
});

async function openInside(
  surrounding: string,
  attributes: Readonly<Record<string, string>> = {},
  script: (product: string) => Script = open,
): Promise<Shop> {
  const shop = await openShop(script, attributes);
  SURROUNDINGS[surrounding]?.(place).append(shop.element);
  await shop.element.updateComplete;
  return shop;
}

for (const surrounding of Object.keys(SURROUNDINGS)) {
  describe(`a button in ${surrounding}`, () => {
    for (const [way, act] of Object.entries(WAYS)) {
      it(`pays once by ${way}, and the page stays`, async () => {
        const shop = await openInside(surrounding);
        await act(shop);
        await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
        await untilState(shop, "idle");
        expect(location.hash).to.equal("");
        expect(await payCalls(shop.product)).to.have.length(1);
      });
    }

    it("does nothing while it is busy", async () => {
      const shop = await openInside(surrounding, {}, slow);
      await clickOn(shop.element);
      await untilState(shop, "busy");
      await clickOn(shop.element);
      await untilState(shop, "idle");
      expect(location.hash).to.equal("");
      expect(await payCalls(shop.product)).to.have.length(1);
    });

    it("does nothing if it is disabled", async () => {
      const shop = await openInside(surrounding, { disabled: "" });
      await clickOn(shop.element);
      expect(location.hash).to.equal("");
      expect(shop.events).to.have.length(0);
    });

    it("does not lead elsewhere by a click on its message", async () => {
      const shop = await openInside(surrounding, {}, () => ({ checkouts: [{ status: 500, body: "" }] }));
      await clickOn(shop.element);
      await untilState(shop, "error");
      const message = shop.element.shadowRoot?.querySelector("[part=message]") as Element;
      await clickOn(message);
      expect(location.hash).to.equal("");
      expect(look(shop).state).to.equal("error");
    });
  });
}

describe("a surrounded button", () => {
  const tabs = openedTabs();

  it("opens one tab with the mode tab", async () => {
    const shop = await openInside("a link", { mode: "tab" });
    shop.leaves = true;
    shop.element.click();
    await untilState(shop, "waiting");
    expect(location.hash).to.equal("");
    expect(tabs).to.have.length(1);
    expect(await payCalls(shop.product)).to.have.length(1);
  });

  it("shows a code with the mode qr, and opens one tab on this device", async () => {
    for (const surrounding of Object.keys(SURROUNDINGS)) {
      const shop = await openInside(surrounding, { mode: "qr" });
      shop.leaves = true;
      shop.element.click();
      await untilState(shop, "waiting");
      await clickOn(shop.element.shadowRoot?.querySelector("[part=code]") as Element);
      expect(tabs, surrounding).to.have.length(0);
      shop.element.click();
      await untilState(shop, "busy");
      await untilState(shop, "waiting");
      expect(location.hash, surrounding).to.equal("");
      expect(tabs, surrounding).to.have.length(1);
      tabs.pop()?.close();
      shop.element.remove();
    }
  });

  it("lets links and inputs within it work, and only these", async () => {
    for (const surrounding of Object.keys(SURROUNDINGS)) {
      const shop = await openInside(surrounding);
      const root = shop.element.shadowRoot as ShadowRoot;
      const box = root.appendChild(document.createElement("p"));
      box.innerHTML = `<label><input type="checkbox"></label><a href="#inside">Inside</a>`;
      box.querySelector("label")?.click();
      expect(box.querySelector("input")?.checked, surrounding).to.equal(true);
      expect(location.hash, surrounding).to.equal("");
      box.querySelector("a")?.click();
      await until(() => location.hash !== "");
      expect(location.hash, surrounding).to.equal("#inside");
      expect(shop.events, surrounding).to.have.length(0);
      shop.element.remove();
      history.replaceState(null, "", location.pathname + location.search);
    }
  });

  // WebKit never fires a click after it could have dragged something, not even if the drag is canceled.
  for (const surrounding of IS_WEBKIT ? ["a link"] : ["a link", "something draggable"]) {
    it(`in ${surrounding} pays if the mouse moves during the click`, async () => {
      const shop = await openInside(surrounding);
      const [x, y] = centerOf(shop.element);
      await sendMouse({ type: "move", position: [x - 20, y] });
      await sendMouse({ type: "down" });
      for (let moved = -15; moved <= 15; moved += 5) await sendMouse({ type: "move", position: [x + moved, y] });
      await sendMouse({ type: "up" });
      await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
      expect(location.hash).to.equal("");
    });
  }

  // The driver of WebKitGTK presses the middle button and releases the left one.
  if (!IS_WEBKIT) {
    it("does nothing by a click with the middle button", async () => {
      const shop = await openInside("a card with a handler of clicks");
      await clickOn(shop.element, "middle");
      expect(location.hash).to.equal("");
      expect(shop.events).to.have.length(0);
    });
  }

  it("lets the page hear the clicks on its element, and other keys", async () => {
    const shop = await openInside("a card with a handler of keys");
    const heard: string[] = [];
    shop.element.addEventListener("click", ({ type }) => heard.push(type));
    place.addEventListener("keydown", ({ key }) => heard.push(key));
    shop.element.click();
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
    shop.element.focus();
    await sendKeys({ press: "Escape" });
    expect(heard).to.deep.equal(["click", "Escape"]);
  });

  it("pays in a closed shadow root in a link, and the page stays", async () => {
    const link = add(place, "a", { href: ELSEWHERE });
    const shop = await openShop(open);
    add(link, "div", {}).attachShadow({ mode: "closed" }).append(shop.element);
    await clickOn(shop.element);
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
    expect(location.hash).to.equal("");
  });

  it("pays by a click on a link that the page slots as label", async () => {
    const shop = await openShop(open, {}, `<a slot="label" href="${ELSEWHERE}">Get it</a>`);
    shop.element.querySelector("a")?.click();
    await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
    expect(location.hash).to.equal("");
  });
});
