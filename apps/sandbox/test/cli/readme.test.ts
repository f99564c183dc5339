import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { BEHAVIOUR_NAMES, startSandbox } from "../../src/start-sandbox.ts";

const run = promisify(execFile);

/** The commands of "A paid link in five requests". */
async function fiveRequests(): Promise<string> {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const [, commands = ""] = /## A paid link in five requests\n+```sh\n(.*?)```/s.exec(readme) ?? [];
  return commands;
}

test.each(BEHAVIOUR_NAMES)("the five requests of the README pay a link under the behaviour %s", async (behaviour) => {
  const sandbox = await startSandbox({ port: 0, behaviour });
  try {
    const commands = (await fiveRequests()).replace("http://localhost:4010", sandbox.url);
    const { stdout } = await run("sh", ["-euc", commands]);
    expect(stdout).toContain('"payment_link"');
    expect(stdout).toMatch(/"status":"paid"/);
  } finally {
    await sandbox.close();
  }
});
