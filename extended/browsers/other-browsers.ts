import { CHROMIUM_ARGS, findFirefox, findSystemChromium, findWebKit } from "@qonto-pay/browsers";
import type { BrowserLauncher } from "@web/test-runner";
import { puppeteerLauncher } from "@web/test-runner-puppeteer";
import { webkitLauncher } from "./webkit-launcher.ts";

/**
 * Returns Firefox, WebKit and the system's Chromium, if they are installed. Each runs one test file at a time, because
 * the pages of a browser share the localStorage of the button.
 *
 * @throws Error if none of them is installed, with the command that installs them.
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
          // Tests open tabs without a user gesture.
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
