import { fileURLToPath } from "node:url";
import chromium from "../../packages/button/test/web-test-runner.config.js";
import { otherBrowsers } from "./other-browsers.ts";

/** What the tests of the button are in the pinned Chromium, in the browsers of this machine. */
export default {
  ...chromium,
  files: fileURLToPath(new URL("../../packages/button/test/*.test.ts", import.meta.url)),
  rootDir: fileURLToPath(new URL("../..", import.meta.url)),
  browsers: await otherBrowsers(),
  concurrentBrowsers: 2,
};
