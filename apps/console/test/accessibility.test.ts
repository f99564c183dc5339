import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { beforeAll, expect, it } from "vitest";
import { LANGUAGES, PHONE, startConsole } from "./support/console.ts";

/** axe, each page, in each language, on a phone, light and dark. PICTURES=FOLDER also takes pictures, at two widths. */

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const { PICTURES = "" } = process.env;

const console = startConsole();

/** A page with its address, and what is visible once it is complete. */
interface Shown {
  readonly name: string;
  readonly address: () => string;
  readonly complete: string;
}

const PAGES: readonly Shown[] = [
  { name: "sign-in", address: () => "", complete: "sign-in-form wa-button" },
  { name: "payments", address: () => "#/payments", complete: "payments-page .rows a" },
  { name: "open-payment", address: () => `#/payments/${opened}`, complete: "payment-page .qr" },
  { name: "paid-payment", address: () => `#/payments/${paid}`, complete: "payment-page .notice:text('Mollie')" },
  { name: "account", address: () => "#/account", complete: "account-page .card" },
];

let opened = "";
let paid = "";
beforeAll(async () => {
  opened = (await console.openCheckout("ORDER-1")).id;
  const another = await console.openCheckout("ORDER-2");
  paid = another.id;
  await console.pay(another);
  await console.openCheckout("A-REFERENCE-THAT-IS-AS-LONG-AS-A-REFERENCE-OF-AN-ORDER-CAN-BE--2");
  await console.server.call("POST", `checkouts/${paid}/sync`, { idempotencyKey: crypto.randomUUID() });
});

const LOOKS = LANGUAGES.flatMap((locale) =>
  (["light", "dark"] as const).map((colorScheme) => ({ locale, colorScheme })),
);

it.each(LOOKS)("no page has a mistake that axe finds: $locale, $colorScheme", async ({ locale, colorScheme }) => {
  for (const { name, address, complete } of PAGES) {
    await console.visitAs({ locale, colorScheme });
    if (name === "sign-in") await console.page.goto(console.url);
    else await console.open(address());
    await console.page.locator(complete).first().waitFor();
    expect(await console.page.evaluate(() => document.documentElement.lang), name).toBe(locale);
    expect(await findMistakes(), `${name}, ${locale}, ${colorScheme}`).toEqual([]);
    expect(await console.page.evaluate(() => document.documentElement.scrollWidth), name).toBe(PHONE.width);
    if (PICTURES !== "") await takePictures(`${name}-${locale}-${colorScheme}`);
  }
});

async function findMistakes(): Promise<readonly string[]> {
  // Evaluated by the debugger, to which the page's content security policy does not apply.
  await console.page.evaluate(AXE);
  const { violations } = await console.page.evaluate<AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}

async function takePictures(name: string): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await console.page.screenshot({ path: join(PICTURES, `${name}-360.png`), fullPage: true });
  await console.page.setViewportSize({ width: 1280, height: 800 });
  await console.page.screenshot({ path: join(PICTURES, `${name}-1280.png`), fullPage: true });
  await console.page.setViewportSize(PHONE);
}
