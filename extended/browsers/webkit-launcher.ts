import { startWebKitDriver, type WebKit } from "@qonto-pay/browsers";
import { freePort } from "@qonto-pay/local-stack/servers/free-port.ts";
import type { BrowserLauncher } from "@web/test-runner";
import { webdriverLauncher } from "@web/test-runner-webdriver";

/** Tests open tabs without a user gesture. */
const ARGS = ["--automation", "--javascript-can-open-windows-automatically=true"];

/** Returns a launcher of WebKitGTK for @web/test-runner. */
export async function webkitLauncher(webkit: WebKit): Promise<BrowserLauncher> {
  const driver = await startWebKitDriver(webkit, await freePort());
  const capabilities = {
    browserName: "MiniBrowser",
    "wdio:enforceWebDriverClassic": true,
    "webkitgtk:browserOptions": { binary: webkit.browser, args: ARGS },
  };
  const launcher = webdriverLauncher({ hostname: "127.0.0.1", port: driver.port, capabilities });
  // The commands of @web/test-runner-commands.
  const commands = {
    sendKeys: launcher.sendKeys.bind(launcher),
    sendMouseMove: launcher.sendMouseMove.bind(launcher),
    sendMouseClick: launcher.sendMouseClick.bind(launcher),
    sendMouseDown: launcher.sendMouseDown.bind(launcher),
    sendMouseUp: launcher.sendMouseUp.bind(launcher),
  };
  return {
    ...commands,
    name: "WebKit",
    type: launcher.type,
    concurrency: 1,
    // With a higher concurrency, tests would run in frames, in which the button behaves differently.
    initialize: (config) => launcher.initialize({ ...config, concurrency: 1 }),
    startSession: (id, url) => launcher.startSession(id, url),
    stopSession: async (id) => {
      await launcher.stopSession(id);
      return {};
    },
    startDebugSession: (id, url) => launcher.startDebugSession(id, url),
    isActive: (id) => launcher.isActive(id),
    getBrowserUrl: (id) => launcher.getBrowserUrl(id),
    stop: async () => {
      await launcher.stop();
      await driver.stop();
    },
  };
}
