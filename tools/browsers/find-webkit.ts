import { existsSync } from "node:fs";

/** The programs that run WebKitGTK without a screen. */
export interface WebKit {
  readonly driver: string;
  readonly browser: string;
  /** Gives a program a virtual screen of its own. */
  readonly screen: string;
}

const DRIVER = "/usr/bin/WebKitWebDriver";
const SCREEN = "/usr/bin/xvfb-run";
const BROWSERS = ["x86_64", "aarch64"].map((arch) => `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);

/** Returns the system's WebKitGTK, as Debian and Ubuntu place it. Undefined if any part is missing. */
export function findWebKit(): WebKit | undefined {
  const browser = BROWSERS.find((path) => existsSync(path));
  if (browser === undefined || !existsSync(DRIVER) || !existsSync(SCREEN)) return undefined;
  return { driver: DRIVER, browser, screen: SCREEN };
}
