import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";

/** Chromium. It runs one test file after the other: its pages share what the button stores. */
export async function chromium(): Promise<BrowserLauncher> {
  return playwrightLauncher({
    product: "chromium",
    concurrency: 1,
    launchOptions: { executablePath: await findChromium(), args: [...CHROMIUM_ARGS] },
  });
}
