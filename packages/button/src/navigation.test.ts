import { expect } from "@open-wc/testing";
import { attemptIds, checkout, hurry, journal, newProduct, setScript, until, WORKER } from "../test/page.ts";

const DEFINE = new URL("define.ts", import.meta.url).href;

/** A shop's page in a frame, so that it can really be left. */
function openFrame(product: string): HTMLIFrameElement {
  const frame = document.createElement("iframe");
  frame.src = `${new URL("../test/shop.html", import.meta.url).href}?${new URLSearchParams({ product, endpoint: WORKER, define: DEFINE }).toString()}`;
  document.body.append(frame);
  return frame;
}

async function buttonIn(frame: HTMLIFrameElement): Promise<HTMLButtonElement> {
  const find = () =>
    frame.contentDocument?.querySelector("qonto-pay-button")?.shadowRoot?.querySelector<HTMLButtonElement>("button");
  await until(() => find() != null);
  return find() as HTMLButtonElement;
}

const pages = async (product: string): Promise<number> =>
  (await journal(product)).requests.filter(({ url }) => url.startsWith("/pay/")).length;

describe("leaving for the pay page", () => {
  afterEach(() => {
    for (const frame of document.querySelectorAll("iframe")) frame.remove();
    localStorage.clear();
  });

  it("takes one request to the Worker, and going back leads to a live button with the same attempt", async () => {
    const product = newProduct();
    await setScript(product, {
      checkouts: [{ status: 201, body: checkout(product) }],
      pages: [{ body: "<!doctype html><title>Pay page</title>" }],
    });
    const frame = openFrame(product);
    (await buttonIn(frame)).click();
    await until(async () => (await pages(product)) === 1);
    // The pay page is of another origin: its document can't be read.
    await until(() => frame.contentDocument === null);
    const methods = (await journal(product)).requests.map(({ method, url }) => `${method} ${url}`);
    expect(methods).to.deep.equal(["POST /v1/checkouts", `GET /pay/${product}`]);

    history.back();
    const button = await buttonIn(frame);
    expect(button.getAttribute("aria-busy")).to.equal("false");
    button.click();
    await until(async () => (await pages(product)) === 2);
    expect(new Set(await attemptIds(product)).size).to.equal(1);
  });

  it("that comes to nothing leaves a live button after a while", async () => {
    const product = newProduct();
    await setScript(product, { checkouts: [{ status: 201, body: checkout(product) }], pages: [{ status: 204 }] });
    const button = await buttonIn(openFrame(product));
    hurry(windowOf(button), 10);
    button.click();
    await until(async () => (await pages(product)) === 1);
    expect(button.getAttribute("aria-busy")).to.equal("true");
    await until(() => button.getAttribute("aria-busy") === "false");
    expect(button.getAttribute("aria-disabled")).to.equal("false");
  });

  it("and coming back at once does not spoil the next click", async () => {
    const product = newProduct();
    const again = { body: checkout(product), delay_ms: 1000 };
    await setScript(product, {
      checkouts: [{ status: 201, body: checkout(product) }, again],
      pages: [{ status: 204 }],
    });
    const button = await buttonIn(openFrame(product));
    hurry(windowOf(button), 10);
    button.click();
    await until(async () => (await pages(product)) === 1);
    windowOf(button).dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    button.click();
    await until(async () => (await pages(product)) === 2);
  });
});

function windowOf(element: Element): Window & typeof globalThis {
  return element.ownerDocument.defaultView as Window & typeof globalThis;
}
