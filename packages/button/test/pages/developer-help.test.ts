import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { price, workerError } from "../support/answers.ts";
import { shopPage } from "./shop-page.ts";
import { page, stage, usePage } from "./opened-page.ts";

let said: string[];
/** The chunks that were loaded, by the beginning of their names. */
let chunks: string[];

usePage({}, ["--host-resolver-rules=MAP *.example 127.0.0.1"]);
beforeEach(() => {
  said = [];
  chunks = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  page.on("request", (request) => {
    const [, chunk] = /\/qonto-pay-chunks\/(.+)-.{8}\.js$/.exec(request.url()) ?? [];
    if (chunk !== undefined) chunks.push(chunk);
  });
});

/** Opens the page at an address that is not local. */
async function openLive(button: string): Promise<void> {
  await stage.setScript("mug", { prices: [{ body: price() }] });
  const address = stage.putPage(shopPage(stage, { body: button }));
  await page.goto(address.replace("127.0.0.1", "shop.example"));
  await page.locator("qonto-pay-button button").first().waitFor();
  await page.waitForLoadState("networkidle");
}

const mug = (attributes: string, end = "></qonto-pay-button>"): string =>
  `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" ${attributes}${end}`;

describe("on a page that is not local", () => {
  it("a button without mistakes loads no help", async () => {
    await openLive(
      mug(`show-amount label="buy" theme="dark" size="small" full-width class="pay" id="mug" style="margin: 0"
        data-id="7" aria-label="Buy" title="Buy" onclick="" v-cloak _ngcontent-abc-c12 lang="en" quantity="1"`) +
        `<qonto-pay-button publishablekey="pk_sandbox_demo" product="mug" showamount><a href="/pay">Pay</a></qonto-pay-button>`,
    );
    await page.getByText("€13.30").first().waitFor();
    await page.evaluate(() => {
      const element = document.createElement("qonto-pay-button");
      document.body.append(element);
      // As Angular does.
      Object.assign(element, { publishableKey: "pk_sandbox_demo", product: "mug" });
    });
    await page.waitForLoadState("networkidle");
    expect(chunks).toEqual([]);
    expect(said).toEqual([]);
  });

  it.each([
    [mug(`qty="2"`), /`qty` is unknown.*Did you mean `quantity`\?/],
    [mug("", " /><h1>Bowls</h1>"), /contains the rest of the page/],
  ])("%s is explained at once", async (button, text) => {
    await openLive(button);
    expect(chunks).toEqual(["button-help"]);
    expect(said.join("\n")).toMatch(text);
  });

  it.each([
    [`mode="popup"`, /`mode` has the unknown value `popup`\. The button uses `redirect`\./],
    [`label="buy-now"`, /`label` has the unknown value `buy-now`\./],
    [`size="larg"`, /Did you mean `large`\?/],
    [`theme="neon"`, /`theme` has the unknown value `neon`\./],
  ])("%s alone is explained after a click", async (attribute, text) => {
    await openLive(mug(attribute));
    expect(chunks).toEqual([]);
    await stage.setScript("mug", { checkouts: [{ status: 500, body: "" }] });
    await page.getByRole("button").click();
    await expect.poll(() => said.join("\n")).toMatch(text);
  });

  it("known words need no explanation after a click", async () => {
    await openLive(mug(`mode="tab" label="order" size="large" theme="dark"`));
    await stage.setScript("mug", { checkouts: [{ status: 503, body: workerError("busy", "Busy.") }] });
    await page.getByRole("button").click();
    await expect.poll(() => page.getByRole("alert").innerText()).not.toBe("");
    await page.waitForLoadState("networkidle");
    expect(chunks).not.toContain("button-help");
  });

  it.each([
    [mug(`methods="paypal visa"`), /`methods` has the unknown value `visa`\. It is not shown\./],
    [mug(`amounts="5,00 10"`), /`amounts` contains what is not an amount: `5,00`/],
    [mug(`amounts="5 10" quantity-input`), /`quantity-input` has no effect beside `amounts`/],
    [mug(`offer="x.e30.y" quantity-input`).replace('product="mug"', ""), /`quantity-input` has no effect without/],
  ])("%s is explained as soon as the chunk of the part is loaded", async (button, text) => {
    await openLive(button);
    await expect.poll(() => said.join("\n")).toMatch(text);
  });

  it.each([
    [
      `<qonto-pay-button publishable-key="sk_live_shop_aBcDeFgHiJkL" product="mug"></qonto-pay-button>`,
      /secret key, sk_live_…/,
    ],
    [`<qonto-pay-button key="pk_sandbox_demo" product="mug"></qonto-pay-button>`, /`publishable-key` is missing/],
    [
      `<qonto-pay-button publishable-key="pk_sandbox_demo"></qonto-pay-button>`,
      /`product`, `items` or `offer` is missing/,
    ],
    [mug(`endpoint="pay.shop.example"`), /Write `https:\/\/pay\.shop\.example`/],
  ])("%s is explained at once, and a click shows a neutral text", async (button, text) => {
    await openLive(button);
    expect(said.join("\n")).toMatch(text);
    const before = said.length;
    await page.getByRole("button").click();
    await expect
      .poll(() => page.getByRole("alert").innerText())
      .toBe("This payment button is not set up completely. Nothing was charged.");
    expect(said).toHaveLength(before);
    expect(said.join("\n")).not.toContain("aBcD");
  });

  it("a Worker that does not answer is explained without another request, if the page names its address", async () => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await openLive(mug(`endpoint="https://closed.example:9"`));
    await page.getByRole("button").click();
    await expect
      .poll(() => said.join("\n"))
      .toMatch(/No valid answer of a Worker from https:\/\/closed\.example:9: no answer/);
    expect(requests.filter((url) => url.includes("closed.example"))).toEqual(["https://closed.example:9/v1/checkouts"]);
  });

  it("the help that can't be loaded changes nothing", async () => {
    await page.route("**/qonto-pay-chunks/button-help-*.js", (route) => route.abort());
    await openLive(mug(`qty="2"`));
    expect(await page.getByRole("button").innerText()).toBe("Pay");
    expect(said.filter((text) => !text.includes("ERR_FAILED"))).toEqual([]);
  });
});

it("a page that was opened as a file is explained", async () => {
  const folder = await mkdtemp(join(tmpdir(), "qonto-pay-file-"));
  const path = join(folder, "index.html");
  await writeFile(path, shopPage(stage, { body: mug("") }));
  await page.goto(pathToFileURL(path).href);
  await page.locator("qonto-pay-button button").waitFor();
  await expect.poll(() => said.join("\n")).toMatch(/opened as a file.*web server[^]*#a-page-opened-as-a-file/);
  await rm(folder, { recursive: true });
});

it("no chunk imports the script, whose address may be another one in the page", async () => {
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`endpoint="http://127.0.0.1:9"`) })));
  await page.getByRole("button").click();
  await expect.poll(() => chunks).toContain("problem-mistake");
  const scripts = await page.evaluate(
    () => performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/qonto-pay-button.js")).length,
  );
  expect(scripts).toBe(1);
});
