import { pbkdf2Sync, randomBytes } from "node:crypto";
import type { Challenge, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { expect, it } from "vitest";
import { checkoutAt, workerError } from "../support/answers.ts";
import { shopPage } from "./shop-page.ts";
import { page, stage, usePage } from "./opened-page.ts";

/** The challenge of a Worker that receives a flood of checkouts, in a browser and with the built script. */

usePage();

/** Returns an error with a challenge, as the Worker sends it. */
function challenged(cost = 500, keyPrefix = "00"): { readonly status: number; readonly body: object } {
  const { error } = workerError("challenge_required", "Please try again in a moment.") as { error: object };
  const challenge: Challenge = {
    parameters: {
      algorithm: "PBKDF2/SHA-256",
      cost,
      data: { bound: "attempt" },
      expiresAt: Math.round(Date.now() / 1000) + 300,
      keyLength: 32,
      keyPrefix,
      nonce: randomBytes(16).toString("hex"),
      salt: randomBytes(16).toString("hex"),
    },
    signature: randomBytes(32).toString("hex"),
    attempt_id: "attempt-of-the-shopper",
  };
  return { status: 429, body: { error: { ...error, challenge } } };
}

/** Returns whether a solution has the key that its counter derives, and whether that key has the prefix. */
function isSolved(text: string): boolean {
  const { challenge, solution } = JSON.parse(atob(text)) as {
    challenge: Challenge;
    solution: { counter: number; derivedKey: string };
  };
  const { nonce, salt, cost, keyLength, keyPrefix } = challenge.parameters;
  const counter = Buffer.alloc(4);
  counter.writeUInt32BE(solution.counter);
  const password = Buffer.concat([Buffer.from(nonce, "hex"), counter]);
  const key = pbkdf2Sync(password, Buffer.from(salt, "hex"), cost, keyLength, "sha256").toString("hex");
  return key === solution.derivedKey && key.startsWith(keyPrefix) && challenge.signature.length === 64;
}

async function requestsOf(product: string): Promise<readonly CreateCheckoutRequest[]> {
  const { requests } = await stage.journal(product);
  return requests
    .filter(({ url }) => url === "/v1/checkouts")
    .map(({ body }) => JSON.parse(body) as CreateCheckoutRequest);
}

/** Opens a shop's page with a button for a product, without leaving it for the pay page if `stays` is set. */
async function openShop(product: string, { stays = false, tab = page } = {}): Promise<void> {
  const stay = `<script>
    addEventListener("qonto-pay-redirect", (event) => { event.preventDefault(); window.redirects = (window.redirects ?? 0) + 1; });
  </script>`;
  const button = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="${product}"></qonto-pay-button>`;
  await tab.goto(stage.putPage(shopPage(stage, { body: (stays ? stay : "") + button })));
  await tab.getByRole("button", { name: "Pay" }).waitFor();
}

it("a button solves the challenge, and opens the pay page once, with the same attempt", async () => {
  const pay = `${stage.worker}/pay/solved`;
  const answers = [challenged(), { body: checkoutAt(pay, "solved") }];
  await stage.setScript("solved", { checkouts: answers, pages: [{ body: "<h1>Pay</h1>" }] });
  await openShop("solved");
  await page.getByRole("button").click();
  await page.waitForURL(pay);
  const [first, second, ...others] = await requestsOf("solved");
  expect(others).toEqual([]);
  expect(first).not.toHaveProperty("challenge_solution");
  const { challenge_solution: solution, ...rest } = second ?? {};
  expect(rest).toEqual(first);
  expect(isSolved(solution ?? "")).toBe(true);
});

it("a button solves a second challenge, and gives up after three", async () => {
  await stage.setScript("again", { checkouts: [challenged(1)] });
  await openShop("again");
  await page.getByRole("button").click();
  await page.getByRole("alert").waitFor();
  const sent = await requestsOf("again");
  expect(sent).toHaveLength(4);
  expect(new Set(sent.map(({ attempt_id }) => attempt_id)).size).toBe(1);
  expect(sent.slice(1).every(({ challenge_solution }) => isSolved(challenge_solution ?? ""))).toBe(true);
});

it("without the chunk that solves the challenge, the shopper can try again", async () => {
  await page.route("**/qonto-pay-chunks/challenge-*.js", (route) => route.abort());
  const pay = `${stage.worker}/pay/no-chunk`;
  const answers = [challenged(), { body: checkoutAt(pay, "no-chunk") }];
  await stage.setScript("no-chunk", { checkouts: answers, pages: [{ body: "<h1>Pay</h1>" }] });
  await openShop("no-chunk");
  await page.getByRole("button").click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("button").click();
  await page.waitForURL(pay);
});

it("a challenge that is not complete shows the problem", async () => {
  const { error } = workerError("challenge_required", "Please try again in a moment.") as { error: object };
  for (const challenge of ["yes", {}, { parameters: { keyPrefix: "zz" } }]) {
    await stage.setScript("broken", { checkouts: [{ status: 429, body: { error: { ...error, challenge } } }] });
    await openShop("broken");
    await page.getByRole("button").click();
    await page.getByRole("alert").waitFor();
  }
});

it("two tabs that are clicked in the same instant pay with one attempt", async () => {
  const answers = [challenged(), challenged(), { body: checkoutAt(`${stage.worker}/pay/tabs`, "tabs") }];
  await stage.setScript("tabs", { checkouts: answers });
  const context = await stage.browser.newContext();
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await openShop("tabs", { stays: true, tab });
  await Promise.all(tabs.map((tab) => tab.getByRole("button").click()));
  for (const tab of tabs) {
    await expect.poll(() => tab.evaluate(() => (window as unknown as { redirects?: number }).redirects)).toBe(1);
  }
  expect(new Set((await requestsOf("tabs")).map(({ attempt_id }) => attempt_id)).size).toBe(1);
  await context.close();
});

it("a page that is left meanwhile sends no solution, and a later click uses the same attempt", async () => {
  const pay = `${stage.worker}/pay/left`;
  // 32 zero bits: no solution within any time of a test.
  await stage.setScript("left", { checkouts: [challenged(500, "00000000")] });
  const chunk = page.waitForResponse((response) => response.url().includes("/challenge-"));
  await openShop("left");
  await page.getByRole("button").click();
  await chunk;
  await page.goto("about:blank");
  expect(await requestsOf("left")).toHaveLength(1);
  await stage.setScript("left", { checkouts: [{ body: checkoutAt(pay, "left") }], pages: [{ body: "<h1>Pay</h1>" }] });
  await openShop("left");
  await page.getByRole("button").click();
  await page.waitForURL(pay);
  const sent = await requestsOf("left");
  expect(new Set(sent.map(({ attempt_id }) => attempt_id)).size).toBe(1);
});

/** Counts the derivations of the page between two other tasks. Runs in the page. */
function countDerivations(): void {
  const counts = Object.assign(window, { derivations: 0, mostAtOnce: 0 });
  const { subtle } = crypto;
  const deriveBits = subtle.deriveBits.bind(subtle);
  let atOnce = 0;
  Object.defineProperty(subtle, "deriveBits", {
    value: (...input: Parameters<typeof deriveBits>) => {
      atOnce += 1;
      counts.derivations += 1;
      counts.mostAtOnce = Math.max(counts.mostAtOnce, atOnce);
      return deriveBits(...input);
    },
  });
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => {
    atOnce = 0;
    port2.postMessage(null);
  });
  port1.start();
  port2.postMessage(null);
}

it("on a slow device, the page runs other tasks between the tries", async () => {
  // 512 tries on average.
  const answers = [challenged(500), challenged(500), { body: checkoutAt(`${stage.worker}/pay/slow`, "slow") }];
  await stage.setScript("slow", { checkouts: answers });
  await openShop("slow", { stays: true });
  await page.evaluate(countDerivations);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Emulation.setCPUThrottlingRate", { rate: 6 });
  await page.getByRole("button").click();
  const read = <T>(name: string): Promise<T> =>
    page.evaluate((field) => (window as unknown as Record<string, unknown>)[field] as T, name);
  await expect.poll(() => read("redirects")).toBe(1);
  // A try costs less than a millisecond of the main thread on such a device.
  expect(await read<number>("mostAtOnce")).toBeLessThan(20);
});
