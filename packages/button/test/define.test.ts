import { expect } from "@open-wc/testing";
import { QontoPayButton } from "../src/index.ts";

/** Adds a script tag with the entry to the page. Another name makes it another module. */
async function loadScript(name: string): Promise<void> {
  const script = document.createElement("script");
  script.type = "module";
  script.src = new URL(`../src/define.ts?${name}`, import.meta.url).href;
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
  });
  document.head.append(script);
  await loaded;
}

describe("the script tag", () => {
  it("defines the element; the class alone does not", async () => {
    expect(customElements.get("qonto-pay-button")).to.equal(undefined);
    document.body.innerHTML = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug"><a href="/pay">Pay</a></qonto-pay-button>`;
    await loadScript("first");
    expect(customElements.get("qonto-pay-button")).to.equal(QontoPayButton);
    const element = document.body.querySelector("qonto-pay-button");
    await element?.updateComplete;
    expect(element?.shadowRoot?.querySelector("button")?.textContent).to.equal("Pay");
  });

  it("can be in the page twice without an error", async () => {
    const errors: string[] = [];
    const listen = ({ message }: ErrorEvent) => errors.push(message);
    addEventListener("error", listen);
    await loadScript("second");
    removeEventListener("error", listen);
    expect(errors).to.deep.equal([]);
    expect(customElements.get("qonto-pay-button")).to.equal(QontoPayButton);
  });
});
