import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";

/** Returns Chromium. It runs one test file at a time, because its pages share the localStorage of the button. */
export async function chromium(): Promise<BrowserLauncher> {
  return playwrightLauncher({
    product: "chromium",
    concurrency: 1,
    launchOptions: { executablePath: await findChromium(), args: [...CHROMIUM_ARGS] },
  });
}
