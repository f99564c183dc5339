import { expect, test } from "vitest";
import { startSandbox } from "../../src/start-sandbox.ts";
import { Client } from "../support/client.ts";
import { cliOutput, runCli } from "../support/run-cli.ts";

test("the command prints its address, serves there, and exits cleanly on Ctrl-C", async () => {
  const cli = await runCli(["--port", "0"]);
  expect(cli.url).toMatch(/^http:\/\/localhost:\d+$/);
  const client = await Client.connect(cli);
  expect((await client.api("GET", "/v2/organization")).status).toBe(200);
  expect(await cli.kill("SIGINT")).toBe(0);
});

test("--no-rate-limits answers any number of requests", async () => {
  const cli = await runCli(["--port", "0", "--no-rate-limits"]);
  const client = await Client.connect(cli);
  const reply = await client.control("PUT", "/rate_limits", {});
  expect(reply.body).toMatchObject({ per_10_seconds: null, per_10_minutes: null, unauthorized_per_hour: null });
  await cli.kill("SIGINT");
});

test("--help lists the options", async () => {
  const { code, stdout } = await cliOutput(["--help"]);
  expect(code).toBe(0);
  const options = [
    "--port",
    "--host",
    "--data",
    "--webhook-url",
    "--webhook-secret",
    "--no-rate-limits",
    "--verbose",
    "--behaviour",
    "--switch",
  ];
  for (const option of options) expect(stdout).toContain(option);
});

test.each([
  ["an unknown option", ["--prot", "1"], "--prot"],
  ["an invalid port", ["--port", "70000"], "--port"],
  ["an invalid webhook URL", ["--port", "0", "--webhook-url", "shop"], "webhook URL"],
  ["a short webhook secret", ["--port", "0", "--webhook-url", "http://shop", "--webhook-secret", "x"], "secret"],
  ["a webhook secret without a URL", ["--port", "0", "--webhook-secret", "x".repeat(32)], "--webhook-url"],
])("%s is rejected with an error of one line", async (_case, args, named) => {
  const { code, stdout, stderr } = await cliOutput(args);
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(named);
  expect(stderr).not.toContain("    at ");
});

test("the error for a port in use names the port", async () => {
  const sandbox = await startSandbox({ port: 0 });
  const port = new URL(sandbox.url).port;
  const { code, stderr } = await cliOutput(["--port", port]);
  expect(code).toBe(1);
  expect(stderr).toContain(port);
  await sandbox.close();
});
