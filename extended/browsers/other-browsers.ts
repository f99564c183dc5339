import { CHROMIUM_ARGS, findFirefox, findSystemChromium, findWebKit } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { puppeteerLauncher } from "@web/test-runner-puppeteer";
import { webkitLauncher } from "./webkit-launcher.ts";

/**
 * Firefox, WebKit and the system's Chromium, as far as this machine has them. Each runs one test file after the other: pages of one browser
 * share what the button stores.
 *
 * @throws Error if it has none of them, with the command that installs them.
 */
export async function otherBrowsers(): Promise<BrowserLauncher[]> {
  const launchers: BrowserLauncher[] = [];
  const firefox = findFirefox();
  if (firefox !== undefined) {
    console.log(`Firefox: ${firefox}`);
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
  if (webkit !== undefined) {
    console.log(`WebKit: ${webkit.browser}`);
    launchers.push(await webkitLauncher(webkit));
  }
  const chromium = findSystemChromium();
  if (chromium !== undefined) {
    console.log(`Chromium: ${chromium}`);
    launchers.push(
      puppeteerLauncher({ concurrency: 1, launchOptions: { executablePath: chromium, args: [...CHROMIUM_ARGS] } }),
    );
  }
  if (launchers.length === 0) {
    throw new Error(
      "No Firefox, WebKit or Chromium was found. Debian: apt-get install firefox-esr chromium webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb xauth",
    );
  }
  return launchers;
}
