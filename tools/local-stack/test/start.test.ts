import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freePorts, type Ports } from "../servers/free-ports.ts";
import { isTaken, type RunningStart, runStart, runToEnd, SOURCE, START, startArguments } from "./start-process.ts";

/**
 * `pnpm start` from the developer's point of view: its output, its exit, and the files and processes that it leaves.
 */

const HELP = (await runToEnd(["--help"])).stdout;

let stateFolder: string;
let ports: Ports;

beforeAll(async () => {
  stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-start-"));
  ports = await freePorts();
});

afterAll(() => {
  rmSync(stateFolder, { recursive: true, force: true });
});

describe("a taken port", () => {
  const parts = (["shop", "worker", "sandbox"] as const).map((part) => ({ part, address: "127.0.0.1" }));
  const hasIpv6 = Object.values(networkInterfaces()).some((lan = []) => lan.some(({ address }) => address === "::1"));

  /** The suggested command uses available ports, and keeps the other options. */
  function expectToSuggest(stderr: string, told: string, taken: readonly (keyof Ports)[]): void {
    const [said = "", command = ""] = stderr.trimEnd().split("\n\n  ");
    expect(said).toBe(told);
    const [npx, pnpm, start, ...options] = command.split(" ");
    expect([npx, pnpm, start]).toEqual(["npx", "pnpm@10.34.8", "start"]);
    const suggested = new Map(options.flatMap((word, at) => (at % 2 === 0 ? [[word, options[at + 1]]] : [])));
    expect(options).toHaveLength(8);
    expect(suggested.get("--state")).toBe(stateFolder);
    for (const [part, port] of Object.entries(ports)) {
      const other = Number(suggested.get(`--${part}-port`));
      if (taken.includes(part as keyof Ports)) expect(other).toBeGreaterThan(port);
      else expect(other).toBe(port);
    }
  }

  it.each(hasIpv6 ? [...parts, { part: "shop" as const, address: "::1" }] : parts)(
    "is reported with a command that uses another one: $part, $address",
    async ({ part, address }) => {
      const other = createServer().listen(ports[part], address);
      await once(other, "listening");
      const { code, stdout, stderr } = await runToEnd(startArguments(stateFolder, ports));
      expectToSuggest(stderr, `Port ${ports[part]} is taken. To use another one:`, [part]);
      expect([code, stdout]).toEqual([1, ""]);
      await once(other.close(), "close");
    },
  );

  it("is reported together with all other taken ports", async () => {
    const others = [createServer().listen(ports.shop, "127.0.0.1"), createServer().listen(ports.sandbox, "127.0.0.1")];
    await Promise.all(others.map((other) => once(other, "listening")));
    const { code, stderr } = await runToEnd(startArguments(stateFolder, ports));
    const told = `Port ${ports.shop} is taken. Port ${ports.sandbox} is taken. To use others:`;
    expectToSuggest(stderr, told, ["shop", "sandbox"]);
    expect(code).toBe(1);
    await Promise.all(others.map((other) => once(other.close(), "close")));
  });

  it("is also a port that two parts would share", async () => {
    const { code, stderr } = await runToEnd(startArguments(stateFolder, { ...ports, worker: ports.shop }));
    expect(stderr).toBe(`--shop-port and --worker-port are both ${ports.shop}.\n`);
    expect(code).toBe(1);
  });
});

describe("a mistyped option", () => {
  it.each([
    [["--port", "3"], "Unknown option '--port'."],
    [["5173"], "Unexpected argument '5173'."],
    [["--sandbox-port", "abc"], '--sandbox-port takes a number from 1 to 65535, not "abc".'],
    [["--origin", "localhost:3000"], '--origin takes an origin like http://localhost:3000, not "localhost:3000".'],
    [
      ["--origin", "http://shop.example"],
      '--origin takes an origin like http://localhost:3000, not "http://shop.example": it must be an https origin: http is for this machine only (localhost, and names in .localhost, .test and .local). For https on your machine, start a tunnel (`cloudflared tunnel --url http://localhost:3000`) and send the address that it prints.',
    ],
    [
      ["--origin", "http://shop.test:8080/cart"],
      '--origin takes an origin like http://localhost:3000, not "http://shop.test:8080/cart": it must be only an origin, without a path, like https://shop.example.',
    ],
    [["--behaviour", "staging"], '--behaviour takes production, sandbox, documented, not "staging".'],
    [["--shop-port", "65536"], '--shop-port takes a number from 1 to 65535, not "65536".'],
  ])("%j: is reported in one line, followed by the help", async (args, line) => {
    const { code, stdout, stderr } = await runToEnd(args);
    expect(stderr).toBe(`${line}\n\n${HELP}`);
    expect([code, stdout]).toEqual([1, ""]);
  });
});

it("an invalid state folder is reported in one line", async () => {
  const file = join(stateFolder, "a-file");
  writeFileSync(file, "");
  const { code, stderr } = await runToEnd(startArguments(file, ports));
  expect(stderr).toMatch(/^State can't be written to .+ \(E[A-Z]+\)\. Choose another folder with --state FOLDER\.\n$/);
  expect(code).toBe(1);
});

it.each(["sandbox", "worker", "shop"] as const)(
  "Ctrl-C during the start, once the port of the %s is in use, ends it silently and frees all ports",
  async (part) => {
    const others = await freePorts();
    const args = [SOURCE, START, ...startArguments(join(stateFolder, `interrupted-${part}`), others)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
    const exited = once(child, "exit");
    const said = text(child.stderr);
    await expect.poll(() => isTaken(others[part]), { interval: 5 }).toBe(true);
    child.kill("SIGINT");
    expect(await exited).toEqual([0, null]);
    await expect.poll(() => Promise.all(Object.values(others).map(isTaken))).toEqual([false, false, false]);
    expect(await said).toBe("");
  },
);

describe("a running start", () => {
  let running: RunningStart;

  beforeEach(async () => {
    running = await runStart(stateFolder, ports);
  });

  afterEach(async () => {
    await running.interrupt();
  });

  const untilNoPortIsTaken = () =>
    expect.poll(() => Promise.all(Object.values(ports).map(isTaken))).toEqual([false, false, false]);

  it("keeps its state folder to itself until it is killed, which frees all ports", async () => {
    const second = await runToEnd(startArguments(stateFolder, await freePorts()));
    expect(second.stderr).toMatch(
      /^This state folder is in use by process \d+\. Stop that process, or choose another folder with --state FOLDER\.\n$/,
    );
    expect([second.code, second.stdout]).toEqual([1, ""]);

    await running.kill();
    await untilNoPortIsTaken();
    running = await runStart(stateFolder, ports);
    expect(await running.interrupt()).toBe(0);
    await untilNoPortIsTaken();
  });

  it("has the behaviour of its option, and the default one after the next start", async () => {
    const played = async (): Promise<unknown> => {
      const answer = await fetch(`${running.sandboxUrl}/_sandbox/behaviour`);
      return ((await answer.json()) as { behaviour: unknown }).behaviour;
    };
    expect(await played()).toBe("production");
    await running.interrupt();
    running = await runStart(stateFolder, ports, ["--behaviour", "sandbox"]);
    expect(await played()).toBe("sandbox");
    await running.interrupt();
    running = await runStart(stateFolder, ports);
    expect(await played()).toBe("production");
  });

  it("frees all ports when every process of Node is killed with it", async () => {
    await running.killAllNode();
    await untilNoPortIsTaken();
  });
});
