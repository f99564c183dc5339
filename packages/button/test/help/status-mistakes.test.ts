import { expect } from "@open-wc/testing";
import { type Section, SECTIONS } from "../../src/help/tell.ts";
import { heardWarnings } from "../support/heard-warnings.ts";
import { until } from "../support/page.ts";
import { closeStatuses, openStatus, part, untilWords } from "../support/status-element.ts";

/** Mistakes in the attributes of a status element that names its checkout. */
const MISTAKES: readonly (readonly [Readonly<Record<string, string>>, RegExp, Section])[] = [
  [{ checkouts: "co_1" }, /`checkouts` is unknown .*Did you mean `checkout`\?/, "attribute"],
  [{ back: "/" }, /`back` is unknown .*Did you mean `back-url`\?/, "attribute"],
  [{ mode: "tab" }, /`mode` is unknown/, "attribute"],
  [{ theme: "darker" }, /The status uses `auto`\. .*Did you mean `dark`\?/, "value"],
  [{ endpoint: "localhost:8787" }, /Write `http:\/\/localhost:8787`/, "endpoint"],
];

describe("a status element on a local page", () => {
  const warnings = heardWarnings();
  afterEach(closeStatuses);

  for (const [attributes, text, section] of MISTAKES) {
    it(`with ${JSON.stringify(attributes)} is explained once, with a link`, async () => {
      const { element } = await openStatus(undefined, attributes);
      await until(() => warnings.length > 0);
      expect(warnings).to.have.length(1);
      expect(warnings[0]?.[0]).to.match(/^qonto-pay-status: /);
      expect(warnings[0]?.[0]).to.match(text);
      expect(warnings[0]?.[0].split("\n").at(-1)).to.equal(SECTIONS[section]);
      expect(warnings[0]?.[1]).to.equal(element);
    });
  }

  it("without a token is explained", async () => {
    const opened = await openStatus(undefined, { token: "" });
    await untilWords(opened, "unknown");
    await until(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.[0]).to.match(/`checkout` or `token` is missing\..*\?checkout=co_…&token=…/);
    expect(part(opened, "words").textContent).to.equal("Payment not found");
  });

  it("with a slot of another name is explained", async () => {
    await openStatus(undefined, {}, `<b slot="payed">Thanks</b>`);
    await until(() => warnings.length > 0);
    expect(warnings[0]?.[0]).to.match(/`slot` has the unknown value `payed`\. .*Did you mean `paid`\?/);
  });

  it("has nothing to say about correct attributes", async () => {
    await openStatus(undefined, { "back-url": "/", theme: "dark", lang: "de", id: "s", class: "c", "data-x": "" });
    await openStatus(undefined, { back: "/" });
    await until(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
  });

  it("with a secret key as a property is explained, without the key", async () => {
    const { element } = await openStatus();
    element.token = "sk_live_shop_aBcDeF";
    await until(() => warnings.length > 0);
    expect(warnings).to.have.length(1);
    expect(warnings[0]?.[0]).to.match(/`token` contains a secret key, sk_live_…/);
    expect(JSON.stringify(warnings)).not.to.include("aBcDeF");
  });
});
