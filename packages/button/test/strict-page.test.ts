import { expect } from "@open-wc/testing";
import { checkout, look, newProduct, price, report, setScript, until, untilState, WORKER } from "./support/page.ts";

/** Opens the strict page in a frame, with a policy whose `script-src` is `scripts`. */
async function openStrictPage(scripts: string): Promise<{ page: Document; refused: string[] }> {
  const policy = `default-src 'none'; script-src ${scripts}; style-src 'self'; connect-src ${WORKER}; require-trusted-types-for 'script'`;
  const frame = document.createElement("iframe");
  frame.src = `${new URL("./strict.html", import.meta.url).href}?${new URLSearchParams({ policy }).toString()}`;
  document.body.append(frame);
  await new Promise((resolve) => frame.addEventListener("load", resolve));
  const page = frame.contentDocument as Document;
  const refused: string[] = [];
  page.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    refused.push(`${violatedDirective} ${blockedURI}`);
  });
  return { page, refused };
}

describe("a strict page", () => {
  afterEach(() => {
    for (const frame of document.querySelectorAll("iframe")) frame.remove();
    localStorage.clear();
  });

  for (const [named, scripts] of [
    ["the nonce of the script tag", "'nonce-once'"],
    ["the address of the script", location.origin],
  ] as const) {
    it(`that allows ${named} loads all chunks of the button`, async () => {
      const { page, refused } = await openStrictPage(scripts);
      const product = newProduct();
      await setScript(product, {
        prices: [{ body: price() }],
        checkouts: [{ body: checkout(product) }],
        statuses: [report(product, "open")],
      });
      const element = page.createElement("qonto-pay-button");
      const attributes = {
        endpoint: WORKER,
        "publishable-key": "pk_sandbox_demo",
        product,
        lang: "de",
        mode: "qr",
        methods: "paypal",
      };
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      page.body.append(element);
      await element.updateComplete;
      const shop = { element, product, events: [], leaves: true };
      await until(() => look(shop).label === "Bezahlen");
      const marks = (): HTMLElement[] => [
        ...(element.shadowRoot?.querySelector("[part=methods]")?.shadowRoot?.querySelectorAll("li") ?? []),
      ];
      await until(() => marks().length === 1);
      element.click();
      await untilState(shop, "waiting");
      expect(shop.element.shadowRoot?.querySelector("svg")?.getBoundingClientRect().width).to.be.greaterThan(100);
      expect(look(shop).button.getBoundingClientRect().height, "styles").to.be.at.least(44);
      expect(getComputedStyle(marks()[0] as Element).display, "styles").to.equal("flex");
      expect(refused).to.deep.equal([]);
    });
  }
});
