import { expect } from "@open-wc/testing";
import { QontoPayButton } from "./index.ts";
import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { en } from "./messages.ts";
import { isMistakeOfPage } from "./problem.ts";
import { styles } from "./qonto-pay-button.styles.ts";
import { closeShops, openShop } from "../test/page.ts";

async function textOf(path: string): Promise<string> {
  const response = await fetch(new URL(path, import.meta.url));
  expect(response.status, path).to.equal(200);
  return response.text();
}

/** The names that one tag of the class's doc comment lists. */
async function namesOfTag(tag: string): Promise<readonly string[]> {
  const source = await textOf("/_source/qonto-pay-button.ts");
  return [...source.matchAll(new RegExp(`^ \\* @${tag} (?:\\{.*?\\} )?\\[?([\\w-]+)`, "gm"))].map(
    ([, name = ""]) => name,
  );
}

/** The names in the first column of the table below a heading of the merchant's page. */
async function namesBelow(heading: string): Promise<readonly string[]> {
  const [, section = ""] = (await textOf("/docs/button.md")).split(new RegExp(`^#+ ${heading}$`, "m"));
  const [own = ""] = section.split(/^#/m);
  return [...own.matchAll(/^\| `([\w-]+)`/gm)].map(([, name = ""]) => name);
}

/** All different names that a pattern finds. */
function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

describe("the documentation", () => {
  afterEach(closeShops);

  for (const [heading, tag] of [
    ["Attributes", "attr"],
    ["Events", "event"],
    ["Slots", "slot"],
    ["Custom properties", "cssprop"],
    ["Parts", "csspart"],
  ] as const) {
    it(`for merchants lists the names of the class under "${heading}"`, async () => {
      const names = await namesOfTag(tag);
      expect(names).not.to.have.length(0);
      expect(await namesBelow(heading)).to.have.members(names);
    });
  }

  it("names the attributes that the element takes", async () => {
    const readByStylesAlone = ["theme", "size", "full-width"];
    expect(await namesOfTag("attr")).to.have.members([...QontoPayButton.observedAttributes, ...readByStylesAlone]);
  });

  it("names the custom properties that the styles read", async () => {
    expect(await namesOfTag("cssprop")).to.have.members(found(styles.cssText, /var\((--qonto-pay-[\w-]+)/g));
  });

  it("names the parts that there are", async () => {
    const { element } = await openShop(() => ({}));
    const parts = [...(element.shadowRoot?.querySelectorAll("[part]") ?? [])].map(({ part }) => part.item(0));
    expect(await namesOfTag("csspart")).to.have.members(parts);
  });

  it("names the texts that a page can replace", async () => {
    expect(await namesBelow("Texts")).to.have.members(Object.keys(en));
  });

  it("names codes of the button's own that have a text", async () => {
    const codes = await namesBelow("The button's own");
    expect(codes).not.to.have.length(0);
    for (const code of codes) expect(en).to.have.property(code);
  });

  it("calls nothing a mistake of the page that is none", async () => {
    const codes = await namesBelow("Mistakes of the page");
    expect(codes).not.to.have.length(0);
    for (const code of codes) {
      const problem =
        code === "incomplete"
          ? ({ code } as const)
          : { code, message: "", requestId: undefined, status: API_ERRORS[code as ApiErrorCode].status };
      expect(isMistakeOfPage(problem), code).to.equal(true);
    }
  });
});
