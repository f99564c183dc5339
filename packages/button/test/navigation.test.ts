import { expect } from "@open-wc/testing";
import {
  IS_WEBKIT,
  attemptIds,
  checkout,
  hurry,
  journal,
  newProduct,
  pageVisits,
  setScript,
  until,
  WORKER,
} from "./support/page.ts";

const DEFINE = new URL("../src/define.ts", import.meta.url).href;

/** What a shopper does at once who does not want to pay. */
const GOES_BACK = "<!doctype html><script>onload = () => setTimeout(() => history.back(), 100)</script>";

const opened: Window[] = [];

/** A shop's page in a window of its own, so that it can really be left. A tab would hide this page and slow it down. */
function openPage(product: string): Window & typeof globalThis {
  const query = new URLSearchParams({ product, endpoint: WORKER, define: DEFINE }).toString();
  const page = window.open(`${new URL("./shop.html", import.meta.url).href}?${query}`, "", "popup");
  if (page === null) throw new Error("No window could be opened.");
  opened.push(page);
  return page as Window & typeof globalThis;
}

/** The button of a page that may be at the pay page, which is of another origin, or on its way back. */
async function buttonIn(page: Window): Promise<HTMLButtonElement> {
  let button: HTMLButtonElement | null | undefined;
  await until(() => {
    try {
      button = page.document.querySelector("qonto-pay-button")?.shadowRoot?.querySelector("button");
      // A page that is left before it is loaded is nowhere to go back to.
      return button != null && page.document.readyState === "complete";
    } catch {
      return false;
    }
  });
  return button as HTMLButtonElement;
}

const visits = async (product: string): Promise<number> => (await pageVisits(product)).length;

describe("leaving for the pay page", () => {
  afterEach(() => {
    for (const page of opened.splice(0)) page.close();
    localStorage.clear();
  });

  it("takes one request to the Worker, and going back leads to a live button with the same attempt", async () => {
    const product = newProduct();
    await setScript(product, { checkouts: [{ status: 201, body: checkout(product) }], pages: [{ body: GOES_BACK }] });
    const page = openPage(product);
    (await buttonIn(page)).click();
    await until(async () => (await visits(product)) === 1);
    const methods = (await journal(product)).requests.map(({ method, url }) => `${method} ${url}`);
    expect(methods.slice(0, 2)).to.deep.equal(["POST /v1/checkouts", `GET /pay/${product}`]);

    await until(async () => !(await buttonIn(page)).hasAttribute("aria-busy"));
    (await buttonIn(page)).click();
    await until(async () => (await visits(product)) === 2);
    expect(new Set(await attemptIds(product)).size).to.equal(1);
  });

  it("that comes to nothing leaves a live button after a while", async () => {
    const product = newProduct();
    await setScript(product, { checkouts: [{ status: 201, body: checkout(product) }], pages: [{ status: 204 }] });
    const page = openPage(product);
    const button = await buttonIn(page);
    hurry(page, 10);
    button.click();
    await until(async () => (await visits(product)) === 1);
    expect(button.getAttribute("aria-busy")).to.equal("true");
    await until(() => !button.hasAttribute("aria-busy"));
    expect(button.hasAttribute("aria-disabled")).to.equal(false);
  });

  // A browser that really comes back has given the navigation up. Said to be back while it goes on, WebKit ends all requests
  // of the page with it, the next click's too.
  if (!IS_WEBKIT) {
    it("and coming back at once does not spoil the next click", async () => {
      const product = newProduct();
      const again = { body: checkout(product), delay_ms: 1000 };
      await setScript(product, {
        checkouts: [{ status: 201, body: checkout(product) }, again],
        pages: [{ status: 204 }],
      });
      const page = openPage(product);
      const button = await buttonIn(page);
      hurry(page, 10);
      button.click();
      await until(async () => (await visits(product)) === 1);
      page.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      button.click();
      await until(async () => (await visits(product)) === 2);
    });
  }
});
