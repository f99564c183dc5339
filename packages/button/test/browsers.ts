import { CHROMIUM_ARGS, findChromium, findFirefox, findWebKit } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { playwrightLauncher } from "@web/test-runner-playwright";
import { puppeteerLauncher } from "@web/test-runner-puppeteer";
import { webkitLauncher } from "./webkit-launcher.ts";

/**
 * The browsers of this machine: Chromium, and where they are installed Firefox and WebKit. Each runs one test file after
 * the other: pages of one browser share what the button stores.
 */
export async function browsers(): Promise<BrowserLauncher[]> {
  const launchers: BrowserLauncher[] = [
    playwrightLauncher({
      product: "chromium",
      concurrency: 1,
      launchOptions: { executablePath: await findChromium(), args: [...CHROMIUM_ARGS] },
    }),
  ];
  const firefox = findFirefox();
  if (firefox !== undefined) {
    launchers.push(
      puppeteerLauncher({
        concurrency: 1,
        launchOptions: {
          browser: "firefox",
          executablePath: firefox,
          // Tests open tabs without a click of the shopper's.
          extraPrefsFirefox: { "dom.disable_open_during_load": false },
        },
      }),
    );
  }
  const webkit = findWebKit();
  if (webkit !== undefined) launchers.push(await webkitLauncher(webkit));
  return launchers;
}
