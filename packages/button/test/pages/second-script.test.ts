import { expect, it } from "vitest";
import { stage, useStage } from "./opened-page.ts";

useStage();

async function warningsOf(scripts: readonly string[]): Promise<readonly string[]> {
  const page = await stage.browser.newPage();
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  const tags = scripts.map((src) => `<script type="module" src="${src}"></script>`);
  await page.goto(
    stage.putPage(
      `<!doctype html><html lang="en">${tags.join("")}<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug"></qonto-pay-button><qonto-pay-status></qonto-pay-status>`,
    ),
  );
  if (scripts.some((src) => src.includes("button"))) {
    expect(await page.locator("qonto-pay-button button").innerText()).toBe("Pay");
  } else {
    await page.locator("qonto-pay-status", { hasText: "Payment not found" }).waitFor();
  }
  // The help for a local page is loaded by then.
  await page.waitForLoadState("networkidle");
  await page.close();
  // The status names no checkout: with one, its stream would keep the network busy.
  return said.filter((text) => !text.includes("`checkout` or `token` is missing"));
}

for (const element of ["qonto-pay-button", "qonto-pay-status"]) {
  it(`the same script of ${element} twice logs no warning`, async () => {
    const script = `${stage.worker}/${element}.js`;
    expect(await warningsOf([script, script])).toEqual([]);
  });

  it(`the first of two versions of ${element} is used, and the console names both`, async () => {
    const [one = "", two = ""] = ["1.2.0", "1.3.0"].map((version) => `${stage.worker}/${element}.js?${version}`);
    const [said = "", ...rest] = await warningsOf([one, two]);
    expect(said).toContain(`${element}: Two versions of the script are loaded. In use: ${one} Not in use: ${two} `);
    expect(said).toMatch(/\/docs\/reference\/button\.md#two-versions-of-the-script$/);
    expect(rest).toEqual([]);
  });
}
