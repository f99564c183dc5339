export { bundledChromium, CHROMIUM_ARGS, describeChromium, findChromium, findSystemChromium } from "./find-chromium.ts";
export { findFirefox } from "./find-firefox.ts";
export { findWebKit, type WebKit } from "./find-webkit.ts";
export { startWebKitDriver, type WebKitDriver } from "./webkit-driver.ts";
