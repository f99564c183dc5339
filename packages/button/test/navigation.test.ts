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

/** A pay page that goes back at once, like a shopper who does not want to pay. */
const GOES_BACK = "<!doctype html><script>onload = () => setTimeout(() => history.back(), 100)</script>";

const opened: Window[] = [];

/** Opens a shop's page in its own window, so that it can navigate. A tab would hide this page and slow it down. */
function openPage(product: string): Window & typeof globalThis {
  const query = new URLSearchParams({ product, endpoint: WORKER, define: DEFINE }).toString();
  const page = window.open(`${new URL("./shop.html", import.meta.url).href}?${query}`, "", "popup");
  if (page === null) throw new Error("The browser opened no window.");
  opened.push(page);
  return page as Window & typeof globalThis;
}

/** Waits for the button. The window may still show the pay page, which has another origin, or be navigating back. */
async function buttonIn(page: Window): Promise<HTMLButtonElement> {
  let button: HTMLButtonElement | null | undefined;
  await until(() => {
    try {
      button = page.document.querySelector("qonto-pay-button")?.shadowRoot?.querySelector("button");
      // A page that is left before it has loaded gets no history entry to go back to.
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

  it("takes one request to the Worker, and after going back the button works with the same attempt", async () => {
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

  it("ends after a timeout if the navigation fails, and the button works again", async () => {
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

  // A browser that really goes back has canceled the navigation. With a simulated pageshow it continues, and WebKit
  // then aborts all requests of the page, including those of the next click.
  if (!IS_WEBKIT) {
    it("and going back at once does not affect the next click", async () => {
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
