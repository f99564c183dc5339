import { expect } from "@open-wc/testing";
import { QontoPayErrorEvent, QontoPayRedirectEvent } from "../src/index.ts";
import {
  attemptIds,
  checkout,
  closeShops,
  eventsOf,
  hurry,
  journal,
  look,
  mount,
  newProduct,
  openShop,
  pageVisits,
  payCalls,
  push,
  report,
  setScript,
  type Shop,
  until,
  untilState,
  WORKER,
  workerError,
} from "./support/page.ts";
import type { Script } from "./support/scripted-worker.ts";
import { TEXTS } from "./support/texts.ts";

const DEFINE = new URL("../src/define.ts", import.meta.url).href;

const WAITING = "Not paid yet. The button continues this payment.";

const SCAN =
  "Scan the code to pay with your phone, or pay on this device with the button. This page will tell you when it is done.";

/** How long a click waits for a button if its own is removed. */
const TAKE_OVER_MS = 2_000;

/** Reports through a second visit whether it has an opener, and closes, since it may hide the page that opened it. */
const PAY_PAGE = `<!doctype html><script>
  const visit = Object.assign(new Image(), { onerror: () => close() });
  visit.src = location.href + "?opener=" + (window.opener !== null);
</script>`;

const script = (product: string) => ({
  checkouts: [{ status: 201, body: checkout(product) }],
  statuses: [report(product, "open")],
  pages: [{ body: PAY_PAGE }],
});

/** The tabs that a test opens. Closed after the test. */
const tabs: Window[] = [];
const ownOpen = window.open.bind(window);

function letTabsOpen(): void {
  window.open = (...given) => {
    const tab = ownOpen(...given);
    if (tab !== null) tabs.push(tab);
    return tab;
  };
}

afterEach(() => {
  window.open = ownOpen;
  for (const tab of tabs.splice(0)) tab.close();
  for (const frame of document.querySelectorAll("iframe")) frame.remove();
  closeShops();
});

/** Opens a shop whose button opens the pay page as its mode says. */
async function openLeavingShop(
  attributes: Readonly<Record<string, string>>,
  given: (product: string) => Script = script,
): Promise<Shop> {
  const shop = await openShop(given, attributes);
  shop.leaves = true;
  return shop;
}

describe('mode="tab"', () => {
  beforeEach(letTabsOpen);

  it("opens the pay page in another tab, and this page shows the status", async () => {
    const shop = await openLeavingShop({ mode: "tab" });
    shop.element.click();
    expect(tabs, "opened synchronously, or it is blocked as a pop-up").to.have.length(1);
    await untilState(shop, "waiting");
    expect(look(shop)).to.include({
      label: "Pay",
      hint: "Pay in the other tab. This page will tell you when it is done.",
    });
    await until(async () => (await pageVisits(shop.product)).length === 2);
    expect(await pageVisits(shop.product)).to.deep.equal([`/pay/${shop.product}`, `/pay/${shop.product}?opener=false`]);
    expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);

    await push(shop.product, "processing");
    await untilState(shop, "processing");
    await push(shop.product, "paid");
    await untilState(shop, "paid");
    expect(look(shop)).to.include({ label: "Paid", hint: "" });
  });

  it("shows a text in the tab until the pay page is known", async () => {
    const shop = await openLeavingShop({ mode: "tab" }, (product) => ({
      checkouts: [{ body: checkout(product), delay_ms: 2000 }],
    }));
    shop.element.click();
    expect(tabs[0]?.document.body.textContent).to.equal("Opening the payment page.");
  });

  it("shows no hint if the tab was closed before the pay page opened", async () => {
    const shop = await openLeavingShop({ mode: "tab" }, (product) => ({
      ...script(product),
      checkouts: [{ body: checkout(product), delay_ms: 300 }],
    }));
    shop.element.click();
    await untilState(shop, "busy");
    tabs[0]?.close();
    await untilState(shop, "waiting");
    expect(look(shop)).to.include({ label: "Pay", hint: WAITING });
  });

  it("opens another tab for the same checkout when the first one was closed", async () => {
    const shop = await openLeavingShop({ mode: "tab" });
    shop.element.click();
    await untilState(shop, "waiting");
    shop.element.click();
    await untilState(shop, "busy");
    await untilState(shop, "waiting");
    expect(tabs).to.have.length(2);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(1);
  });

  it("shows the status after a reload of this page", async () => {
    const calmDown = hurry(window, 100, [], TAKE_OVER_MS);
    const shop = await openLeavingShop({ mode: "tab" });
    shop.element.click();
    await untilState(shop, "waiting");
    shop.element.remove();
    // As after a reload, no button takes over the click. Timers with the same delay fire in order.
    await new Promise((resolve) => setTimeout(resolve, TAKE_OVER_MS));
    calmDown();
    const again = await mount(shop.product, { mode: "tab" });
    await untilState(again, "waiting");
    expect(look(again)).to.include({ label: "Pay", hint: WAITING });
    await push(shop.product, "paid");
    await untilState(again, "paid");
  });

  for (const [name, answer, code] of [
    ["a rejection", { status: 503, body: workerError("qonto_unavailable", "Try later.") }, "qonto_unavailable"],
    ["a pay page on another host", { body: checkout("x", "open", "https://evil.example/") }, "pay_url_not_allowed"],
  ] as const) {
    it(`closes the tab after ${name}`, async () => {
      const shop = await openLeavingShop({ mode: "tab" }, () => ({ checkouts: [answer] }));
      shop.element.click();
      await untilState(shop, "error");
      expect(eventsOf(shop, QontoPayErrorEvent).map((event) => event.code)).to.deep.equal([code]);
      await until(() => tabs[0]?.closed === true);
    });
  }

  it("closes the tab if the order is already paid", async () => {
    const shop = await openLeavingShop({ mode: "tab" }, (product) => ({
      checkouts: [{ body: checkout(product, "paid") }],
    }));
    shop.element.click();
    await untilState(shop, "paid");
    await until(() => tabs[0]?.closed === true);
  });

  it("closes the tab if the page cancels the redirect", async () => {
    const shop = await openShop(script, { mode: "tab" });
    shop.element.click();
    await untilState(shop, "waiting");
    await until(() => tabs[0]?.closed === true);
    expect(look(shop).hint).to.equal(WAITING);
  });

  it("opens no tab for a button that is not set up", async () => {
    const shop = await openLeavingShop({ mode: "tab", product: "" });
    shop.element.click();
    await untilState(shop, "error");
    expect(tabs).to.have.length(0);
  });
});

describe("a frame", () => {
  async function openFrame(
    sandbox: string,
    { mode = "redirect", given = script }: { mode?: string; given?: (product: string) => Script } = {},
  ): Promise<{ product: string; heard: string[]; click: () => void }> {
    const product = newProduct();
    await setScript(product, given(product));
    const query = new URLSearchParams({ product, endpoint: WORKER, define: DEFINE, mode }).toString();
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", sandbox);
    frame.src = `${new URL("./shop.html", import.meta.url).href}?${query}`;
    const heard: string[] = [];
    const click = () => frame.contentWindow?.postMessage("click", "*");
    addEventListener("message", ({ source, data }: MessageEvent<{ type: string; code?: string }>) => {
      if (source === frame.contentWindow) heard.push(data.code ?? data.type);
    });
    document.body.append(frame);
    await until(() => heard.includes("ready"));
    return { product, heard, click };
  }

  it("stays open, and the pay page opens in a tab, since it refuses to be framed", async () => {
    const { product, click } = await openFrame("allow-scripts allow-popups allow-popups-to-escape-sandbox");
    click();
    await until(async () => (await pageVisits(product)).length === 2);
    expect((await pageVisits(product))[1]).to.equal(`/pay/${product}?opener=false`);
  });

  for (const [name, sandbox] of [
    ["can't open a tab", "allow-scripts"],
    ["keeps its tabs in the sandbox", "allow-scripts allow-popups"],
  ] as const) {
    it(`that ${name} reports popup_blocked without a request to the Worker`, async () => {
      const { product, heard, click } = await openFrame(sandbox);
      click();
      await until(() => heard.length === 2);
      expect(heard).to.deep.equal(["ready", "popup_blocked"]);
      expect(await payCalls(product)).to.have.length(0);
    });
  }

  it("that can't open a tab can show a QR code", async () => {
    const { heard, click } = await openFrame("allow-scripts", { mode: "qr" });
    click();
    await until(() => heard.length === 2);
    expect(heard).to.deep.equal(["ready", "qonto-pay-redirect"]);
  });

  it("without an origin reports the Worker's rejection", async () => {
    const refusal = { status: 403, body: workerError("origin_not_allowed", "Not from here.") };
    const { product, heard, click } = await openFrame("allow-scripts allow-popups allow-popups-to-escape-sandbox", {
      given: () => ({ checkouts: [refusal] }),
    });
    click();
    await until(() => heard.length === 2);
    expect(heard).to.deep.equal(["ready", "origin_not_allowed"]);
    expect((await payCalls(product))[0]?.headers["origin"]).to.equal("null");
    expect(await pageVisits(product)).to.have.length(0);
  });
});

describe('mode="qr"', () => {
  it("shows the pay page as a QR code, and changes to paid", async () => {
    const shop = await openLeavingShop({ mode: "qr" });
    shop.element.click();
    await untilState(shop, "waiting");
    const code = shop.element.shadowRoot?.querySelector("[part=code]");
    expect(look(shop)).to.include({ label: "Pay", hint: SCAN });
    const svg = code?.querySelector("svg");
    expect(svg?.getAttribute("aria-label")).to.equal("QR code of the payment page");
    expect(svg?.getBoundingClientRect().width).to.be.greaterThan(100);
    expect(await pageVisits(shop.product), "the page stays").to.have.length(0);

    await push(shop.product, "processing");
    await untilState(shop, "processing");
    expect(code?.getClientRects(), "a code is hidden during processing").to.have.length(0);
    await push(shop.product, "paid");
    await untilState(shop, "paid");
  });

  it("pays on this device when the button is clicked beside the code", async () => {
    letTabsOpen();
    const shop = await openLeavingShop({ mode: "qr" });
    shop.element.click();
    await untilState(shop, "waiting");
    expect(tabs).to.have.length(0);
    shop.element.click();
    expect(tabs, "opened synchronously, or it is blocked as a pop-up").to.have.length(1);
    await until(async () => (await pageVisits(shop.product)).length === 2);
    await untilState(shop, "waiting");
    expect(look(shop)).to.include({ isCodeShown: false, hint: TEXTS["en"]?.tab_hint });
    expect(new Set(await attemptIds(shop.product)).size, "the checkout of the code").to.equal(1);
    await push(shop.product, "paid");
    await untilState(shop, "paid");
  });

  it("opens the pay page at once on a phone", async () => {
    const own = window.matchMedia;
    // Only the phone's answer is given here. `pages/phone.test.ts` asks a browser that emulates devices.
    window.matchMedia = (query) => (query.includes("coarse") ? ({ matches: true } as MediaQueryList) : own(query));
    try {
      const shop = await openShop(script, { mode: "qr" });
      shop.element.click();
      await untilState(shop, "busy");
      expect(look(shop).hint).to.equal(TEXTS["en"]?.redirect_hint);
      await untilState(shop, "waiting");
      expect(eventsOf(shop, QontoPayRedirectEvent)).to.have.length(1);
      expect(look(shop).isCodeShown).to.equal(false);
    } finally {
      window.matchMedia = own;
    }
  });

  it("hides the code when the checkout expires, and a click shows a new one", async () => {
    const shop = await openLeavingShop({ mode: "qr" });
    shop.element.click();
    await untilState(shop, "waiting");
    await push(shop.product, "expired");
    await untilState(shop, "idle");
    expect(look(shop).isCodeShown).to.equal(false);
    shop.element.click();
    await untilState(shop, "waiting");
    expect(look(shop).isCodeShown).to.equal(true);
    expect(new Set(await attemptIds(shop.product)).size).to.equal(2);
  });

  it("shows no code for a purchase that the page no longer states", async () => {
    const shop = await openLeavingShop({ mode: "qr" });
    shop.element.addEventListener("qonto-pay-redirect", () => (shop.element.quantity = 2));
    shop.element.click();
    await until(() => shop.element.shadowRoot?.querySelector("[part=code] svg") != null);
    await shop.element.updateComplete;
    expect(look(shop)).to.include({ state: "idle", isCodeShown: false });
  });

  it("shows no code if the page cancels the redirect", async () => {
    const shop = await openShop(script, { mode: "qr" });
    shop.element.click();
    await untilState(shop, "waiting");
    expect(look(shop).isCodeShown).to.equal(false);
  });
});

describe("an unknown mode", () => {
  for (const mode of ["", "popup", "constructor", "__proto__"]) {
    it(`${JSON.stringify(mode)} opens the pay page in this tab`, async () => {
      letTabsOpen();
      const shop = await openShop(script, { mode });
      shop.element.click();
      await until(() => eventsOf(shop, QontoPayRedirectEvent).length === 1);
      expect(tabs).to.have.length(0);
      expect((await journal(shop.product)).requests).not.to.have.length(0);
    });
  }
});
