import { expect } from "@open-wc/testing";
import type { Said } from "../support/heard-warnings.ts";
import { until } from "../support/page.ts";

/** The sentence that names the mistake of each button, by the id of the button. */
const NAMED: Readonly<Record<string, RegExp>> = {
  quantity: /`qty` is unknown.*Did you mean `quantity`\?/,
  product: /`prodcut` is unknown.*Did you mean `product`\?/,
  key: /`key` is unknown.*Did you mean `publishable-key`\?/,
  mode: /`mode` has the unknown value `popup`.*Known: redirect, tab, qr/,
  amount: /`amount="5,00"` is not a decimal number.*`amount="5\.00"`/,
  items: /`items` is not JSON.*items='\[\{"product": "mug", "quantity": 2\}\]'/,
  endpoint: /`endpoint="pay\.shop\.example"` is not the address of a Worker\. Write `https:\/\/pay\.shop\.example`/,
  space: /`publishable-key="pk_sandbox_demo "` is not a publishable key.*Write `pk_sandbox_demo`/,
  closed: /contains the rest of the page.*Write `<qonto-pay-button …><\/qonto-pay-button>`/,
};

describe("a page with ten mistakes", () => {
  it("is explained by the console alone", async () => {
    const frame = document.createElement("iframe");
    frame.src = new URL("ten-mistakes.html", import.meta.url).href;
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener("load", resolve));
    const shop = frame.contentWindow as unknown as typeof window & { readonly warnings: readonly Said[] };
    const { warnings } = shop;
    // `prodcut` and `key` also leave something missing.
    await until(() => warnings.length >= 12);

    for (const [id, sentence] of Object.entries(NAMED)) {
      const ofButton = warnings.filter(([, element]) => element?.id === id).map(([text]) => text);
      expect(
        ofButton.filter((text) => sentence.test(text)),
        `${id}: ${ofButton.join()}`,
      ).to.have.length(1);
    }
    const secret = warnings.filter(([, element]) => element === undefined);
    expect(secret).to.have.length(1);
    expect(secret[0]?.[0]).to.match(/`publishable-key` contains a secret key, sk_sandbox_….*Replace the key now/);
    expect(JSON.stringify(warnings)).not.to.include("aBcD");
    for (const [text] of warnings) expect(text).to.match(/\nhttps:\/\/\S+\/docs\/\S+\.md#[\w-]+$/);
    expect(warnings).to.have.length(12);

    const { document: page } = shop;
    expect(page.querySelector("h1")?.getClientRects()).to.have.length(1);
    expect(page.querySelector("footer")?.getClientRects()).to.have.length(1);
    frame.remove();
  });
});
