import { readFile } from "node:fs/promises";
import { freePort } from "@qonto-pay/local-stack/servers/free-port.ts";
import { suiteReporter } from "@qonto-pay/test-run/wtr-reporter";
import { esbuildPlugin } from "@web/dev-server-esbuild";
import { defaultReporter } from "@web/test-runner";
import { chromium } from "./support/chromium.ts";
import { startLocalServer } from "./support/local-server.ts";
import { scriptedWorker } from "./support/scripted-worker.ts";

const handler = scriptedWorker();
const farSide = await startLocalServer(handler);

export default {
  files: "*.test.ts",
  rootDir: "../../..",
  port: await freePort(),
  nodeResolve: { exportConditions: ["production"] },
  plugins: [
    esbuildPlugin({ ts: true, target: "es2022", tsconfig: "tsconfig.json" }),
    { name: "far-side", serverStop: () => farSide.close() },
  ],
  // The Worker serves the script: the origin of the module answers the API, too.
  middleware: [
    (context, next) => {
      // A frame that is kept apart loads modules as a page of another origin does.
      context.set("Access-Control-Allow-Origin", "*");
      return next();
    },
    (context, next) => {
      if (!context.path.startsWith("/v1/")) return next();
      context.respond = false;
      return handler(context.req, context.res);
    },
    // The same sources again, but that the code for watching can't be loaded.
    (context, next) => {
      const prefix = "/_without-watching";
      if (!context.path.startsWith(prefix)) return next();
      if (context.path.endsWith("/status-stream.ts")) return void (context.status = 503);
      context.url = context.url.slice(prefix.length);
      return next();
    },
    // A page under the policy that its address names.
    (context, next) => {
      if (context.query.policy !== undefined) context.set("Content-Security-Policy", context.query.policy);
      return next();
    },
    // The class's doc comment is lost where TypeScript is compiled.
    async (context, next) => {
      const [, file] = /^\/_source\/([\w/-]+\.ts)$/.exec(context.path) ?? [];
      if (file === undefined) return next();
      context.body = await readFile(new URL(`../src/${file}`, import.meta.url), "utf8");
    },
  ],
  browsers: [await chromium()],
  // Nothing here is a promise of time: a busy machine makes everything longer.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  reporters: [defaultReporter(), suiteReporter()],
  testFramework: { config: { timeout: 60_000 } },
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head><title>Test</title><meta name="worker" content="${farSide.origin}" /></head>
  <body><script type="module" src="${framework}"></script></body>
</html>`,
};
