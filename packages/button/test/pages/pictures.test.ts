import { bundledChromium } from "@qonto-pay/browsers";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectApproved } from "./pictures.ts";
import { shopPage } from "./shop-page.ts";
import { LOOKS, showSpecimens, type Specimen } from "./specimens.ts";
import { CHOICES, showChoices } from "./choice-specimens.ts";
import { openStage, type Stage } from "./stage.ts";
import { showStatuses, STATUS_LOOKS } from "./status-specimens.ts";

/** Uses one font on every machine, even for the parts that use the system font. */
const FONT = `
  main { padding: 16px; }
  main > div { padding: 8px; margin-bottom: 16px; }
  qonto-pay-button { --qonto-pay-font: 600 16px/20px Inter; }
  qonto-pay-button::part(message), qonto-pay-button::part(hint), qonto-pay-button::part(methods), qonto-pay-button::part(code),
  qonto-pay-button::part(choice-message),
  qonto-pay-status::part(status) { font-family: Inter; }
`;

/** The pinned Chromium. Text rendering differs between browser versions, so only one browser is compared. */
const pinned = await bundledChromium();

let stage: Stage;
beforeAll(async () => {
  if (pinned === undefined)
    throw new Error("The pictures were approved in the pinned Chromium for Linux x64, which is not available here.");
  stage = await openStage([], pinned);
});
afterAll(() => stage.close());

async function openShop(theme: string, width: number): Promise<Page> {
  const page = await stage.browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(stage.putPage(shopPage(stage, { style: FONT, attributes: `data-theme="${theme}"` })));
  await page.evaluate(() => Promise.all(["400 1em Inter", "600 1em Inter"].map((font) => document.fonts.load(font))));
  return page;
}

/** Shows the buttons and compares each one with its surroundings. */
async function compareButtons(page: Page, specimens: readonly Specimen[], names: readonly string[]): Promise<void> {
  await showSpecimens(stage, page, specimens);
  await compare(page, names);
}

async function compareChoices(page: Page, folder: string): Promise<void> {
  await showChoices(stage, page, Object.values(CHOICES));
  await compare(
    page,
    Object.keys(CHOICES).map((name) => `${folder}/choice-${name}`),
  );
}

/** Compares the places in `main`, in their order. */
async function compare(page: Page, names: readonly string[]): Promise<void> {
  const places = page.locator("main > div");
  expect(await places.count()).toBe(names.length);
  // The QR code contains the address of the Worker, which differs in each run.
  const code = page.locator("[part=code] svg");
  const compared = names.map(async (name, index) => expectApproved(name, places.nth(index), code));
  const problems = (await Promise.allSettled(compared)).flatMap((one) =>
    one.status === "rejected" ? [one.reason] : [],
  );
  expect(problems).toEqual([]);
}

describe.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 360],
  ["dark", 360],
] as const)("on a %s page of %i px", (theme, width) => {
  it("each state of the button looks as approved", async () => {
    const page = await openShop(theme, width);
    const attributes = { methods: "credit_card apple_pay paypal ideal", ...(width < 600 && { "full-width": "" }) };
    const specimens = LOOKS.map((look) => ({ look, attributes }));
    await compareButtons(
      page,
      specimens,
      LOOKS.map((look) => `${theme}-${width}/button-${look}`),
    );
    await page.close();
  });

  it("each choice looks as approved", async () => {
    const page = await openShop(theme, width);
    await compareChoices(page, `${theme}-${width}`);
    await page.close();
  });

  it("each status looks as approved", async () => {
    const page = await openShop(theme, width);
    await showStatuses(stage, page);
    const places = page.locator("main > div");
    for (const [index, look] of STATUS_LOOKS.entries()) {
      await expectApproved(`${theme}-${width}/status-${look}`, places.nth(index), page.locator("[part=code] svg"));
    }
    await page.close();
  });
});

it("in forced colours, each choice looks as approved", async () => {
  const page = await openShop("light", 360);
  await page.emulateMedia({ forcedColors: "active" });
  await compareChoices(page, "forced-colors");
  await page.close();
});

it("in forced colours, each status looks as approved", async () => {
  const page = await openShop("light", 360);
  await page.emulateMedia({ forcedColors: "active" });
  await showStatuses(stage, page);
  const places = page.locator("main > div");
  for (const [index, look] of STATUS_LOOKS.entries()) {
    await expectApproved(`forced-colors/status-${look}`, places.nth(index), page.locator("[part=code] svg"));
  }
  await page.close();
});

it("in forced colours, each state that has words looks as approved", async () => {
  const page = await openShop("light", 1280);
  await page.emulateMedia({ forcedColors: "active" });
  const looks = ["idle", "disabled", "error", "waiting", "processing", "paid"] as const;
  await compareButtons(
    page,
    looks.map((look) => ({ look })),
    looks.map((look) => `forced-colors/button-${look}`),
  );
  await page.close();
});

it("sizes, long words and right to left look as approved", async () => {
  const page = await openShop("light", 1280);
  const variants: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    small: { size: "small" },
    large: { size: "large" },
    "right-to-left": { dir: "rtl", lang: "de" },
    "long-words": { label: "subscribe", lang: "nl" },
  };
  const specimens = Object.values(variants).map((attributes) => ({ look: "processing" as const, attributes }));
  await compareButtons(
    page,
    specimens,
    Object.keys(variants).map((name) => `variants/${name}`),
  );
  await page.close();
});
