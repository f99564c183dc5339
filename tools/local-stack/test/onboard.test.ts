import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freePorts, type Ports } from "../servers/free-ports.ts";
import { payOverHttp } from "../onboarding/pay-over-http.ts";
import { isTaken, runToEnd, SOURCE } from "./start-process.ts";
import { walkOnboarding } from "../onboarding/walk-onboarding.ts";

/** `pnpm onboard:sandbox` from the developer's point of view. */

const PROGRAM = fileURLToPath(new URL("../onboard.ts", import.meta.url));

let parent: string;
let ports: Ports;

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), "qonto-pay-onboarding-"));
  ports = await freePorts();
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(parent, { recursive: true, force: true });
});

const portOptions = () => ["--worker-port", `${ports.worker}`, "--sandbox-port", `${ports.sandbox}`];

describe("--yes", () => {
  it("takes a new merchant to a paid checkout, and leaves no files or processes", async () => {
    vi.stubEnv("TMPDIR", parent);
    const { code, stdout, stderr } = await runToEnd(["--yes", "--name", "atelier", ...portOptions()], PROGRAM);
    expect([code, stderr]).toEqual([0, ""]);
    const steps = [...stdout.matchAll(/✓ (.+)/g)].map(([, step]) => step);
    expect(steps[0]).toBe("Authorized at Qonto");
    expect(steps.slice(-2)).toEqual(["Connection enabled", "Paid"]);
    expect(stdout).toContain(`http://localhost:${ports.worker}/connect/atelier?token=`);
    expect(stdout).toContain("A checkout of 13.30 EUR");
    // The output contains nothing that has stopped by now.
    expect(stdout).not.toContain("Secret key");
    expect(readdirSync(parent)).toEqual([]);
    expect(await isTaken(ports.worker)).toBe(false);
  });

  it("stores its state in the given folder, and rejects a name that is in use", async () => {
    const args = ["--yes", "--state", join(parent, "state"), ...portOptions()];
    expect((await runToEnd(args, PROGRAM)).code).toBe(0);
    const { code, stderr } = await runToEnd(args, PROGRAM);
    expect(stderr).toBe('The merchant "my-shop" already exists. Choose another name with --name NAME.\n');
    expect(code).toBe(1);
    expect((await runToEnd([...args, "--name", "another"], PROGRAM)).code).toBe(0);
  });
});

describe("with a person at a browser", () => {
  let child: ChildProcess;
  let lines: string[];

  beforeEach(() => {
    const args = [SOURCE, PROGRAM, "--state", join(parent, "state"), ...portOptions()];
    child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    lines = [];
    if (child.stdout === null) throw new TypeError("the output is not piped");
    createInterface(child.stdout).on("line", (line) => lines.push(line.trim()));
  });

  afterEach(() => {
    child.kill("SIGKILL");
  });

  /** Waits until it prints a line with this beginning. */
  const said = (beginning: string) =>
    expect.poll(() => lines.find((line) => line.startsWith(beginning)), { interval: 50 });
  const address = (beginning: string) => lines.find((line) => line.startsWith(beginning)) ?? "";
  const interrupted = async () => {
    const exited = once(child, "exit");
    child.kill("SIGINT");
    child.kill("SIGINT");
    return exited;
  };

  it("prints each completed step, then waits for Ctrl-C", async () => {
    const connect = `http://localhost:${ports.worker}/connect/my-shop?token=`;
    const pay = `http://localhost:${ports.sandbox}/payment-links/`;
    await said(connect).toBeDefined();
    expect(lines.filter((line) => line.startsWith("✓"))).toEqual([]);
    await walkOnboarding(address(connect));
    await said("✓ Connection enabled").toBeDefined();
    await said(pay).toBeDefined();
    expect(lines).not.toContain("✓ Paid");
    await payOverHttp(address(pay));
    await said("Ctrl-C").toBeDefined();
    expect(lines).toContain("✓ Paid");
    expect(await interrupted()).toEqual([0, null]);
    expect(await Promise.all([isTaken(ports.worker), isTaken(ports.sandbox)])).toEqual([false, false]);
  });

  it("stops on Ctrl-C while it waits", async () => {
    await said(`http://localhost:${ports.worker}/connect/`).toBeDefined();
    expect(await interrupted()).toEqual([0, null]);
  });
});

describe("prints one line for", () => {
  it("a taken port", async () => {
    const other = createServer().listen(ports.sandbox, "127.0.0.1");
    await once(other, "listening");
    const { code, stderr } = await runToEnd(["--yes", ...portOptions()], PROGRAM);
    const [said, command] = stderr.split("\n\n");
    expect(said).toBe(`Port ${ports.sandbox} is taken. To use another one:`);
    expect(command).toMatch(/^ {2}npx pnpm@10\.34\.8 onboard:sandbox --yes .*--worker-port \d+ --sandbox-port \d+\n$/);
    expect(code).toBe(1);
    await once(other.close(), "close");
  });

  it("an invalid name", async () => {
    const { code, stderr } = await runToEnd(["--yes", "--name", "My shop", ...portOptions()], PROGRAM);
    expect(stderr).toBe('--name takes 1 to 39 lower-case letters, digits and hyphens, not "My shop".\n');
    expect(code).toBe(1);
  });

  it("a mistyped option, followed by the help", async () => {
    const help = (await runToEnd(["--help"], PROGRAM)).stdout;
    const { code, stderr } = await runToEnd(["--nmae", "x"], PROGRAM);
    expect(stderr).toBe(`Unknown option '--nmae'.\n\n${help}`);
    expect(code).toBe(1);
  });
});
