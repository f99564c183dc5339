import { expect } from "@open-wc/testing";
import { SECTIONS } from "../../src/help/tell.ts";
import type { QontoPayButton } from "../../src/index.ts";
import { closeShops, until, WORKER } from "../support/page.ts";
import type { Said } from "../support/heard-warnings.ts";

const SCRIPTS = {
  "qonto-pay-button": new URL("../../src/define.ts", import.meta.url).href,
  "qonto-pay-status": new URL("../../src/define-status.ts", import.meta.url).href,
};
const BUTTON = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" />`;
const REST = `<h1>Tide bowls</h1><p>They are <a href="#bowls">round</a>.</p>`;

interface OpenedPage {
  readonly frame: HTMLIFrameElement;
  readonly page: Document;
  readonly warnings: readonly Said[];
  /** Returns the first element, which must exist. */
  readonly find: (selector: string) => HTMLElement;
}

/** Opens a separate page, whose HTML the parser has not read to its end. */
function openPage(): OpenedPage {
  const frame = document.createElement("iframe");
  frame.style.cssText = "width: 600px; height: 400px";
  document.body.append(frame);
  const page = frame.contentDocument as Document;
  const warnings: Said[] = [];
  page.open();
  const { console } = frame.contentWindow as typeof window;
  console.warn = (...said: unknown[]) => void warnings.push(said as unknown as Said);
  page.write(`<!doctype html><html lang="en"><title>Shop</title><body>`);
  return { frame, page, warnings, find: (selector) => page.querySelector(selector) as HTMLElement };
}

/** Loads the script while the parser still reads the page. */
async function defineIn({ frame, page }: OpenedPage, tag: keyof typeof SCRIPTS = "qonto-pay-button"): Promise<void> {
  const script = page.createElement("script");
  script.type = "module";
  script.src = SCRIPTS[tag];
  (page.body ?? page.documentElement).prepend(script);
  await (frame.contentWindow as typeof window).customElements.whenDefined(tag);
}

const isVisible = (element: Element): boolean => element.getClientRects().length > 0;
const buttonIn = (element: QontoPayButton): HTMLButtonElement =>
  element.shadowRoot?.querySelector("button") as HTMLButtonElement;

describe("a tag that closes itself", () => {
  let opened: OpenedPage;
  beforeEach(() => {
    opened = openPage();
  });
  afterEach(() => {
    opened.frame.remove();
    closeShops();
  });

  it("leaves the page visible while the parser reads it", async () => {
    await defineIn(opened);
    const { page, find } = opened;
    page.write(`<main>${BUTTON}`);
    for (const [html, selector] of [
      [" or <a>call us</a>. ", ""],
      ["<h1>Tide bowls</h1>", "h1"],
      ["<p>They are round.", "p"],
      ["</p><footer>Imprint</footer>", "footer"],
    ] as const) {
      page.write(html);
      // Before the next frame is drawn.
      await Promise.resolve();
      if (selector !== "") expect(isVisible(find(selector)), selector).to.equal(true);
    }
    page.write("</main></body></html>");
    page.close();
    expect(isVisible(find("h1"))).to.equal(true);
    expect(isVisible(buttonIn(find("qonto-pay-button") as QontoPayButton))).to.equal(true);
  });

  it("leaves the place of the content when the script loads late", async () => {
    const { page, find } = opened;
    page.write(`<main style="display: flex">${BUTTON}${REST}</main>`);
    page.close();
    const before = find("h1").getBoundingClientRect();
    await defineIn(opened);
    const after = find("h1").getBoundingClientRect();
    const button = find("qonto-pay-button").getBoundingClientRect();
    expect(isVisible(find("h1"))).to.equal(true);
    expect([after.left, after.height]).to.deep.equal([before.left, before.height]);
    expect(after.top).to.be.greaterThan(button.top);
  });

  it("is explained once, with a link", async () => {
    const { page, warnings, find } = opened;
    page.write(`${BUTTON}${REST}`);
    page.close();
    await defineIn(opened);
    await until(() => warnings.length > 0);
    find("qonto-pay-button").append(page.createElement("hr"));
    await until(() => find("hr").getClientRects().length > 0);
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.[0]).to.match(
      /contains the rest of the page.*Write `<qonto-pay-button …><\/qonto-pay-button>`/,
    );
    expect(warnings[0]?.[0].split("\n").at(-1)).to.equal(SECTIONS.content);
    expect(warnings[0]?.[1]).to.equal(find("qonto-pay-button"));
  });

  it("leaves links, slots and other buttons of the page working", async () => {
    const { page, find } = opened;
    page.write(`${BUTTON}<b slot="label">Get the mug</b>${REST}${BUTTON}<p id="end">End</p>`);
    page.close();
    await defineIn(opened);
    const [first, second] = [...page.querySelectorAll("qonto-pay-button")] as [QontoPayButton, QontoPayButton];
    await second.updateComplete;
    expect(first.contains(second)).to.equal(true);
    for (const one of [first, second]) expect(isVisible(buttonIn(one))).to.equal(true);
    expect(isVisible(find("#end"))).to.equal(true);
    expect(buttonIn(first).contains(find("b").assignedSlot)).to.equal(true);
    expect(isVisible(find("b"))).to.equal(true);

    let starts = 0;
    first.addEventListener("qonto-pay-start", (event) => {
      starts += 1;
      event.preventDefault();
    });
    const followed: boolean[] = [];
    page.addEventListener("click", (event) => followed.push(!event.defaultPrevented));
    find("a").click();
    expect(followed).to.deep.equal([true]);
    expect(starts).to.equal(0);
    second.click();
    expect(starts, "events bubble through the outer button").to.equal(1);
  });

  for (const html of [
    "<h2>Bowls</h2>",
    "<p>Round</p>",
    "<div>Round</div>",
    "<ul><li>Round</li></ul>",
    "<form><input></form>",
    "<table><tr><td>Round</td></tr></table>",
    "<shop-footer>Imprint</shop-footer>",
    "<a href='/pay'>Pay</a><section>Round</section>",
    "Text <video controls></video>",
  ]) {
    it(`shows ${html}`, async () => {
      const { page, find, warnings } = opened;
      page.write(`<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug">${html}</qonto-pay-button>`);
      page.close();
      await defineIn(opened);
      expect(isVisible(find("qonto-pay-button").lastElementChild as Element)).to.equal(true);
      await until(() => warnings.length > 0);
    });
  }

  for (const html of [
    "",
    "Please write to us.",
    "<a href='/pay'>Pay</a>",
    "<a href='/pay'><img alt=''><div>Pay</div></a>",
    "<!-- a comment --> or <a href='/pay'>pay</a>,<br><strong>please</strong> <span><i>now</i></span>",
    "<noscript><p>Pay</p></noscript>",
    "<p slot='label'>Pay</p><a href='/pay'>Pay</a>",
  ]) {
    it(`does not show the fallback ${html}`, async () => {
      const { page, find, warnings } = opened;
      page.write(`<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug">${html}</qonto-pay-button>`);
      page.write(`<qonto-pay-button the-last-one publishable-key="pk_sandbox_demo" product="mug"></qonto-pay-button>`);
      page.close();
      await defineIn(opened);
      const element = find("qonto-pay-button") as QontoPayButton;
      await until(() => warnings.length > 0);
      expect(warnings.map(([text]) => text).join()).to.match(/^[^,]*`the-last-one` is unknown[^,]*$/);
      const height = element.getBoundingClientRect().height;
      expect(height).to.equal(buttonIn(element).getBoundingClientRect().height);
    });
  }
});

describe("a status tag that closes itself", () => {
  let opened: OpenedPage;
  beforeEach(() => {
    opened = openPage();
  });
  afterEach(() => opened.frame.remove());

  const STATUS = `<qonto-pay-status endpoint="${WORKER}" checkout="co_1" token="t" />`;

  it("leaves the page visible, as wide as it was and outside of the live region, and is explained once", async () => {
    const { page, find, warnings } = opened;
    page.write(`<style>body { width: 1000px }</style>${STATUS}${REST}`);
    page.close();
    const before = find("h1").getBoundingClientRect();
    await defineIn(opened, "qonto-pay-status");
    const after = find("h1").getBoundingClientRect();
    expect([after.left, after.width, after.height]).to.deep.equal([before.left, before.width, before.height]);
    const status = find("qonto-pay-status");
    const card = status.shadowRoot?.querySelector("[role=status]") as Element;
    expect(after.top).to.be.at.least(card.getBoundingClientRect().bottom);
    expect(card.contains(find("h1").assignedSlot)).to.equal(false);
    expect(find("a").getClientRects()).to.have.length(1);

    await until(() => warnings.length > 0);
    status.append(page.createElement("hr"));
    await until(() => isVisible(find("hr")));
    const told = warnings.filter(([text]) => /contains the rest of the page/.test(text));
    expect(told).to.have.length(1);
    expect(told[0]?.[0]).to.match(/^qonto-pay-status: .*Write `<qonto-pay-status …><\/qonto-pay-status>`/);
    expect(told[0]?.[0].split("\n").at(-1)).to.equal(SECTIONS.content);
    expect(told[0]?.[1]).to.equal(status);
  });

  it("is another thing than a fallback, which is not shown", async () => {
    const { page, find, warnings } = opened;
    page.write(`${STATUS.replace(" />", ">")}Please wait. <a href="/orders">Your orders</a></qonto-pay-status>`);
    page.close();
    await defineIn(opened, "qonto-pay-status");
    const status = find("qonto-pay-status");
    const card = status.shadowRoot?.querySelector("[role=status]") as Element;
    await until(() => isVisible(card));
    expect(isVisible(find("a"))).to.equal(false);
    expect(status.getBoundingClientRect().height).to.equal(card.getBoundingClientRect().height);
    expect(warnings.map(([text]) => text).join()).not.to.include("the rest of the page");
  });
});
