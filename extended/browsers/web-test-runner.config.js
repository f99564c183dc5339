import { fileURLToPath } from "node:url";
import chromium from "../../packages/button/test/web-test-runner.config.js";
import { otherBrowsers } from "./other-browsers.ts";

/** Runs the button's tests in the installed browsers, with the configuration for the pinned Chromium. */
export default {
  ...chromium,
  files: chromium.files.map((files) => fileURLToPath(new URL(`../../packages/button/test/${files}`, import.meta.url))),
  rootDir: fileURLToPath(new URL("../..", import.meta.url)),
  browsers: await otherBrowsers(),
  concurrentBrowsers: 2,
};
