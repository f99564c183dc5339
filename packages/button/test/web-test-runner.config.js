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
  files: ["*.test.ts", "{clicks,help,locales,parts,states,status}/*.test.ts"],
  rootDir: "../../..",
  port: await freePort(),
  nodeResolve: { exportConditions: ["production"] },
  plugins: [
    esbuildPlugin({ ts: true, target: "es2022", tsconfig: "tsconfig.json" }),
    { name: "far-side", serverStop: () => farSide.close() },
  ],
  // In production, the Worker serves the script. So the origin of the modules also answers the API.
  middleware: [
    (context, next) => {
      // A sandboxed frame loads modules like a page of another origin.
      context.set("Access-Control-Allow-Origin", "*");
      return next();
    },
    (context, next) => {
      if (!context.path.startsWith("/v1/")) return next();
      context.respond = false;
      return handler(context.req, context.res);
    },
    // The same sources again, but the chunk with the stream can't be loaded.
    (context, next) => {
      const prefix = "/_without-watching";
      if (!context.path.startsWith(prefix)) return next();
      if (context.path.endsWith("/status-stream.ts")) return void (context.status = 503);
      context.url = context.url.slice(prefix.length);
      return next();
    },
    // A page with the policy from its address.
    (context, next) => {
      if (context.query.policy !== undefined) context.set("Content-Security-Policy", context.query.policy);
      return next();
    },
    // Serves the source, since compiling TypeScript removes the doc comments.
    async (context, next) => {
      const [, file] = /^\/_source\/([\w/-]+\.ts)$/.exec(context.path) ?? [];
      if (file === undefined) return next();
      context.body = await readFile(new URL(`../src/${file}`, import.meta.url), "utf8");
    },
  ],
  browsers: [await chromium()],
  // Long timeouts, since no test measures time and a busy machine slows everything down.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 600_000,
  reporters: [defaultReporter(), suiteReporter()],
  // Tests make mistakes on purpose, and the elements explain them.
  filterBrowserLogs: ({ args }) => !String(args[0]).startsWith("qonto-pay-"),
  testFramework: { config: { timeout: 60_000 } },
  testRunnerHtml: (framework) => `<!doctype html>
<html lang="en">
  <head><title>Test</title><meta name="worker" content="${farSide.origin}" /></head>
  <body><script type="module" src="${framework}"></script></body>
</html>`,
};
