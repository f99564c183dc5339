import { findFirefox, findWebKit } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { puppeteerLauncher } from "@web/test-runner-puppeteer";
import { webkitLauncher } from "./webkit-launcher.ts";

/**
 * Firefox and WebKit, as far as this machine has them. Each runs one test file after the other: pages of one browser
 * share what the button stores.
 *
 * @throws Error where it has neither, with the command that installs them.
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
  if (launchers.length === 0) {
    throw new Error(
      "Neither Firefox nor WebKit was found. Debian: apt-get install firefox-esr webkit2gtk-driver libwebkit2gtk-4.1-0 xvfb xauth",
    );
  }
  return launchers;
}
