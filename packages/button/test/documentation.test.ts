import { expect } from "@open-wc/testing";
import { QontoPayButton } from "../src/index.ts";
import { METHODS, OF_STYLES, SLOTS, WORDS } from "../src/help/attribute-mistakes.ts";
import { SECTIONS } from "../src/help/tell.ts";
import { API_ERRORS, type ApiErrorCode } from "@qonto-pay/core/api";
import { styles as choiceStyles } from "../src/parts/choice.styles.ts";
import { untilChoice } from "./support/choice.ts";
import { TEXTS } from "./support/texts.ts";
import { isIntegrationError } from "../src/api/problem.ts";
import { styles as laterStyles } from "../src/elements/later-look.styles.ts";
import { createLateStyles, styles } from "../src/elements/qonto-pay-button.styles.ts";
import { QontoPayStatus } from "../src/elements/qonto-pay-status.ts";
import { styles as statusStyles } from "../src/elements/qonto-pay-status.styles.ts";
import { en as statusTexts } from "../src/locales/status-messages.ts";
import { checkout, closeShops, look, openShop, price, report, until, untilState } from "./support/page.ts";

const buttonStyles = [styles.cssText, createLateStyles().cssText, laterStyles].join("");

async function textOf(path: string): Promise<string> {
  const response = await fetch(new URL(path, import.meta.url));
  expect(response.status, path).to.equal(200);
  return response.text();
}

/** An element as described by the doc comment of its class and by its reference page. */
class Described {
  readonly #source: string;
  readonly #page: string;

  constructor(source: string, page: string) {
    this.#source = source;
    this.#page = page;
  }

  /** Returns the names that one tag of the doc comment lists. */
  async namesOfTag(tag: string): Promise<readonly string[]> {
    const source = await textOf(this.#source);
    const names = source.matchAll(new RegExp(`^ \\* @${tag} (?:\\{.*?\\} )?\\[?([\\w-]+)`, "gm"));
    return [...names].map(([, name = ""]) => name);
  }

  /** Returns the words of each attribute that takes one of a few. */
  async wordsOfAttributes(): Promise<Readonly<Record<string, readonly string[]>>> {
    const types = (await textOf(this.#source)).matchAll(/^ \* @attr \{("[^}]+)\} ([\w-]+)/gm);
    return Object.fromEntries(
      [...types].map(([, type = "", name = ""]) => [name, type.replaceAll('"', "").split("|").toSorted()]),
    );
  }

  /** Returns the names in the first column of the table below a heading of the page. */
  async namesBelow(heading: string): Promise<readonly string[]> {
    return [...(await this.#below(heading)).matchAll(/^\| `([\w-]+)`/gm)].map(([, name = ""]) => name);
  }

  /** Returns the code spans in the last column of that table, by the names in the first column. */
  async codeBelow(heading: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const rows = (await this.#below(heading)).matchAll(/^\| `([\w-]+)` .*\|([^|\n]+)\|$/gm);
    return Object.fromEntries([...rows].map(([, name = "", last = ""]) => [name, found(last, /`([^`]+)`/g)]));
  }

  async #below(heading: string): Promise<string> {
    const [, section = ""] = (await textOf(this.#page)).split(new RegExp(`^#+ ${heading}$`, "m"));
    const [own = ""] = section.split(/^#/m);
    return own;
  }
}

/** Returns the default values in a style sheet, by custom property. Each value is listed once. */
function defaultsIn(css: string): Readonly<Record<string, readonly string[]>> {
  const defaults: Record<string, string[]> = {};
  for (const { 1: name = "", index, 0: start } of css.matchAll(/var\((--qonto-pay-[\w-]+), /g)) {
    const value = untilClosed(css.slice(index + start.length));
    const known = (defaults[name] ??= []);
    if (!known.includes(value)) known.push(value);
  }
  return defaults;
}

/** Returns a text up to the first unmatched closing parenthesis. */
function untilClosed(text: string): string {
  let depth = 0;
  for (const { 0: parenthesis, index } of text.matchAll(/[()]/g)) {
    depth += parenthesis === "(" ? 1 : -1;
    if (depth < 0) return text.slice(0, index);
  }
  return text;
}

const button = new Described("/_source/elements/qonto-pay-button.ts", "/docs/reference/button.md");
const status = new Described("/_source/elements/qonto-pay-status.ts", "/docs/reference/status.md");

/** Returns the names by which GitHub links to the headings of a document. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\w\s-]/g, "")
      .replaceAll(" ", "-"),
  );
}

/** Returns all different names that a pattern finds. */
function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, name = ""]) => name))];
}

for (const [name, described] of Object.entries({ button, status })) {
  describe(`the documentation of the ${name}`, () => {
    for (const [heading, tag] of [
      ["Attributes", "attr"],
      ["Events", "event"],
      ["Slots", "slot"],
      ["Custom properties", "cssprop"],
      ["Parts", "csspart"],
    ] as const) {
      it(`lists the names of the class under "${heading}"`, async () => {
        const names = await described.namesOfTag(tag);
        expect(names).not.to.have.length(0);
        expect(await described.namesBelow(heading)).to.have.members(names);
      });
    }
  });
}

describe("the documentation", () => {
  afterEach(closeShops);

  it("names the attributes that the elements observe", async () => {
    const writtenByReactAlone = ["publishablekey", "showamount", "quantityinput"];
    expect([...(await button.namesOfTag("attr")), ...writtenByReactAlone]).to.have.members([
      ...QontoPayButton.observedAttributes,
      ...OF_STYLES,
    ]);
    expect(await status.namesOfTag("attr")).to.have.members([...QontoPayStatus.observedAttributes, "theme"]);
  });

  it("names the custom properties that the styles read", async () => {
    const read = /var\((--qonto-pay-[\w-]+)/g;
    expect(await button.namesOfTag("cssprop")).to.have.members(found(buttonStyles, read));
    expect(await status.namesOfTag("cssprop")).to.have.members(found(statusStyles.cssText, read));
  });

  it("lists the default value of each custom property of the button", async () => {
    const listed = await button.codeBelow("Custom properties");
    expect(listed).to.deep.equal(defaultsIn(buttonStyles));
    for (const [name, defaults] of Object.entries(defaultsIn(choiceStyles))) {
      for (const value of defaults) expect(listed[name], name).to.include(value);
    }
  });

  it("names all parts of the button", async () => {
    const attributes = { "show-amount": "", methods: "paypal", mode: "qr" };
    const shop = await openShop(
      (product) => ({
        prices: [{ body: price() }],
        checkouts: [{ body: checkout(product) }],
        statuses: [report(product, "open")],
      }),
      attributes,
    );
    shop.leaves = true;
    await until(() => look(shop).amount !== "");
    shop.element.click();
    await untilState(shop, "waiting");
    const choices = await Promise.all(
      [{ amounts: "5 10" }, { "quantity-input": "" }].map((choice) => openShop(() => ({}), choice)),
    );
    await Promise.all(choices.map(untilChoice));
    const roots = [shop, ...choices].map(({ element }) => element.shadowRoot);
    const places = roots.flatMap((root) => [
      root,
      ...[...(root?.querySelectorAll("*") ?? [])].map((one) => one.shadowRoot),
    ]);
    const parts = places.flatMap((root) =>
      [...(root?.querySelectorAll("[part]") ?? [])].map(({ part }) => part.item(0)),
    );
    expect(await button.namesOfTag("csspart")).to.have.members([...new Set(parts)]);
  });

  it("names the texts that a page can replace", async () => {
    const listed = ["Texts", "Texts of choices and payment methods"].map((heading) => button.namesBelow(heading));
    expect((await Promise.all(listed)).flat()).to.have.members(Object.keys(TEXTS["en"] ?? {}));
    expect(await status.namesBelow("Texts")).to.have.members(Object.keys(statusTexts));
  });

  it("names codes of the button that have a text", async () => {
    const codes = await button.namesBelow("The button's own");
    expect(codes).not.to.have.length(0);
    for (const code of codes) expect(TEXTS["en"]).to.have.property(code);
  });

  it("has each section that the console links to, at the address of the repository", async () => {
    const { repository } = JSON.parse(await textOf("/package.json")) as { repository: { url: string } };
    const base = `${repository.url.replace(/^git\+|\.git$/g, "")}/blob/main/`;
    for (const address of Object.values(SECTIONS)) {
      expect(address.slice(0, base.length)).to.equal(base);
      const [path = "", anchor] = address.slice(base.length).split("#");
      expect(anchorsOf(await textOf(`/${path}`)), address).to.include(anchor);
    }
  });

  it("names the words and slots that the console compares with", async () => {
    expect(await button.wordsOfAttributes()).to.deep.equal(
      Object.fromEntries(Object.entries(WORDS).map(([name, words]) => [name, words.toSorted()])),
    );
    expect(await button.namesOfTag("slot")).to.have.members(SLOTS);
    const [, methods = ""] = /^\| `methods` (.*)$/m.exec(await textOf("/docs/reference/button.md")) ?? [];
    expect(found(methods, /`(\w+)`/g)).to.have.members(METHODS);
  });

  it("lists only codes that the button treats as mistakes of the page", async () => {
    const codes = await button.namesBelow("Mistakes of the page");
    expect(codes).not.to.have.length(0);
    for (const code of codes) {
      const problem =
        code === "incomplete"
          ? ({ code } as const)
          : { code, message: "", requestId: undefined, status: API_ERRORS[code as ApiErrorCode].status };
      expect(isIntegrationError(problem), code).to.equal(true);
    }
  });
});
