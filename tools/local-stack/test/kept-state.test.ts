import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { freePorts, type Ports } from "../servers/free-ports.ts";
import { localSecrets } from "../servers/local-secrets.ts";
import { payOverHttp } from "../onboarding/pay-over-http.ts";
import { type RunningStart, runStart, runToEnd, startArguments } from "./start-process.ts";
import { WorkerApi } from "../merchants/worker-api.ts";

/**
 * `pnpm start` with the whole or partial state of an earlier start: the shop works, or an error contains the remedy.
 */

const TYPED = ["http://localhost:3000", "https://shop.example"];

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-kept-"));
let ports: Ports;
let running: RunningStart | undefined;

beforeAll(async () => {
  ports = await freePorts();
  const first = await runStart(stateFolder, ports, ["--origin", `${TYPED[0]}/`, "--origin", `${TYPED[1]}`]);
  running = first;
  for (const origin of [...TYPED, first.shopUrl]) expect(await isLetIn(first, origin)).toBe(true);
  await first.interrupt();
});

afterEach(async () => {
  await running?.interrupt();
});

afterAll(() => {
  rmSync(stateFolder, { recursive: true, force: true });
});

interface Checkout {
  readonly id: string;
  readonly url: string;
  readonly status_token: string;
}

/**
 * Buys as the shop's page does, and pays.
 *
 * @returns the status that the shop's page receives within 45 s: only Qonto's webhook is that fast, because the Worker
 *   polls after a minute.
 */
async function statusOnceBought({ shopUrl, workerUrl, sandboxUrl }: RunningStart): Promise<unknown> {
  const headers = { Origin: shopUrl };
  const body = JSON.stringify({ publishable_key: "pk_sandbox_demo", product: "mug" });
  const bought = await fetch(`${workerUrl}/v1/checkouts`, { method: "POST", headers, body });
  expect(bought.status).toBe(201);
  const { id, url, status_token } = (await bought.json()) as Checkout;
  expect(url.startsWith(sandboxUrl)).toBe(true);
  await payOverHttp(url);
  let status: unknown;
  for (const deadline = Date.now() + 45_000; status !== "paid" && Date.now() < deadline; ) {
    const answer = await fetch(`${workerUrl}/v1/checkouts/${id}/status?token=${status_token}`, { headers });
    ({ status } = (await answer.json()) as { status: unknown });
  }
  return status;
}

/** Returns whether a page of this origin may request a price. */
async function isLetIn({ workerUrl }: RunningStart, origin: string): Promise<boolean> {
  const body = JSON.stringify({ publishable_key: "pk_sandbox_demo", product: "mug" });
  return (await fetch(`${workerUrl}/v1/prices`, { method: "POST", headers: { Origin: origin }, body })).ok;
}

function printedKey({ printed }: RunningStart): string {
  return /sk_sandbox_demo_\S+/.exec(printed)?.[0] ?? "no key";
}

/** Every start takes seconds, so each of these tests checks everything that a start must keep. */
describe("a start", () => {
  it("on other ports works, and allows the origins of earlier command lines", async () => {
    ports = await freePorts();
    const second = await runStart(stateFolder, ports);
    running = second;
    for (const origin of [...TYPED, second.shopUrl]) expect(await isLetIn(second, origin)).toBe(true);
    expect(await statusOnceBought(second)).toBe("paid");
  });

  it("with the whole state works, and allows the origins that were added by hand", async () => {
    running = await runStart(stateFolder, ports);
    const { shopUrl, workerUrl } = running;
    const own = [shopUrl, shopUrl.replace("localhost", "127.0.0.1"), "http://localhost:5180"];
    const allowed_origins = [...own, ...TYPED, "http://localhost:4321"];
    const admin = new WorkerApi(workerUrl, localSecrets(stateFolder).adminKey);
    await admin.call("PATCH", "merchants/demo", { body: { allowed_origins } });
    await running.interrupt();
    running = await runStart(stateFolder, ports);
    expect(await isLetIn(running, "http://localhost:4321")).toBe(true);
    expect(await statusOnceBought(running)).toBe("paid");
  });

  it.each([
    ["without the sandbox's part", "sandbox.json"],
    ["without the Worker's part", "worker"],
  ])("%s works", async (_what, part) => {
    rmSync(join(stateFolder, part), { recursive: true });
    running = await runStart(stateFolder, ports);
    expect(await statusOnceBought(running)).toBe("paid");
  });

  it("works while the merchant has not finished at the provider yet", async () => {
    running = await runStart(stateFolder, ports);
    await controlSandbox(running.sandboxUrl, "PUT", "connection", { status: "disabled" });
    await running.interrupt();
    running = await runStart(stateFolder, ports);
    expect(await statusOnceBought(running)).toBe("paid");
  });

  it("works after the printed secret key was revoked, and prints a new one, which later starts keep", async () => {
    running = await runStart(stateFolder, ports);
    const printed = printedKey(running);
    const shop = new WorkerApi(running.workerUrl, printed);
    const { secret_key } = await shop.call<{ secret_key: string }>("POST", "keys");
    const { data } = await shop.call<{ data: { id: string; ends_with: string }[] }>("GET", "keys");
    const old = data.find(({ ends_with }) => printed.endsWith(ends_with));
    await new WorkerApi(running.workerUrl, secret_key).call("DELETE", `keys/${old?.id}`);
    await running.interrupt();

    running = await runStart(stateFolder, ports);
    const replaced = printedKey(running);
    expect([printed, secret_key]).not.toContain(replaced);
    expect(running.printed).toMatch(/The printed key of demo was revoked, so all its keys were replaced/);
    await new WorkerApi(running.workerUrl, replaced).call("GET", "products/mug");
    expect(await statusOnceBought(running)).toBe("paid");
    await running.interrupt();

    running = await runStart(stateFolder, ports);
    expect(printedKey(running)).toBe(replaced);
    expect(running.printed).not.toContain("replaced");
  });

  it("without the Worker's secrets prints the remedy in its first line", async () => {
    running = undefined;
    rmSync(join(stateFolder, "secrets.json"));
    const { code, stdout, stderr } = await runToEnd(startArguments(stateFolder, ports));
    expect(stderr).toMatch(
      /^The state in \S+ can't be decrypted, because its secrets\.json is missing\. Delete that folder, or choose another --state FOLDER\.\n/,
    );
    expect([code, stdout]).toEqual([1, ""]);
  });
});
