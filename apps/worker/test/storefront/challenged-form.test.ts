import { env } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Challenge } from "@qonto-pay/core/api";
import type { Env } from "../../src/context/env.ts";
import worker from "../../src/index.ts";
import { CONNECT } from "../support/connect.ts";
import { breakOperation, control, linksAtQonto } from "../support/sandbox.ts";
import { KEY, openShop } from "../support/shop.ts";
import { solutionOf } from "../support/solve-challenge.ts";
import { addressOf, flood } from "../support/visitors.ts";

/** The form of the pay page, while a flood of checkouts arrives. */

const SHOPPER = "203.0.113.7";
const FORM = { quantity: "2", shown_amount: "26.60 EUR", reference: `ORDER-"7"`, attempt_id: "attempt-of-the-form" };
const WAIT_MS = 20_000;

beforeEach(async () => {
  await openShop();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
  await flood(30);
});
afterEach(() => {
  vi.useRealTimers();
});

type Fields = Readonly<Record<string, string>>;

function send(fields: Fields, address = SHOPPER): Promise<Response> {
  const request = new Request(`${CONNECT}/pay/${KEY}/mug`, {
    method: "POST",
    headers: { Origin: CONNECT, "CF-Connecting-IP": address },
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  return worker.fetch(request as Parameters<typeof worker.fetch>[0], env as unknown as Env);
}

interface ChallengePage {
  readonly fields: Fields;
  readonly challenge: Omit<Challenge, "attempt_id">;
}

/** Reads the page as a browser does. @throws Error for any other answer. */
async function challengePage(response: Response): Promise<ChallengePage> {
  const text = await response.text();
  if (response.status !== 429 || !text.includes("<code>challenge_required</code>")) {
    throw new Error(`no challenge: ${response.status}`);
  }
  const unescape = (value: string): string => value.replaceAll("&quot;", '"').replaceAll("&#39;", "'");
  const inputs = text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g);
  const [, challenge = ""] = /data-challenge="([^"]*)"/.exec(text) ?? [];
  return {
    fields: Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, unescape(value)])),
    challenge: JSON.parse(unescape(challenge)) as ChallengePage["challenge"],
  };
}

it("shows a page with the same purchase, whose script can solve the challenge", async () => {
  const { fields, challenge } = await challengePage(await send(FORM));
  expect(fields).toMatchObject(FORM);
  const solved = await solutionOf({ ...challenge, attempt_id: FORM.attempt_id });
  const response = await send({ ...fields, ...solved });
  expect(response.status).toBe(303);
  const bought = (await linksAtQonto()).find(({ url }) => url === response.headers.get("Location"));
  expect(bought).toMatchObject({ amount: { value: "26.60" } });
});

it("without JavaScript is accepted after a wait, once", async () => {
  const { fields } = await challengePage(await send(FORM));
  vi.setSystemTime(Date.now() + WAIT_MS);
  await flood(30);
  const response = await send(fields);
  expect(response.status).toBe(303);
  // The same attempt leads to the same payment, and the pass is not valid for another one.
  expect((await send(fields)).headers.get("Location")).toBe(response.headers.get("Location"));
  await challengePage(await send({ ...fields, attempt_id: "another-attempt" }));
  await challengePage(await send({ ...fields, quantity: "1", shown_amount: "13.30 EUR" }));
});

it("that is sent too early shows the page again, and the wait continues", async () => {
  const first = await challengePage(await send(FORM));
  vi.setSystemTime(Date.now() + WAIT_MS - 1_000);
  await flood(30);
  const second = await challengePage(await send(first.fields));
  expect(second.fields["wait_pass"]).toBe(first.fields["wait_pass"]);
  vi.setSystemTime(Date.now() + 1_000);
  expect((await send(second.fields)).status).toBe(303);
});

it("needs a pass of its own visitor, unchanged", async () => {
  const { fields } = await challengePage(await send(FORM));
  const pass = fields["wait_pass"] ?? "";
  vi.setSystemTime(Date.now() + WAIT_MS);
  await flood(30);
  const earlier = pass.replace(/^\d+/, (since) => `${Number(since) - 60_000}`);
  await challengePage(await send(fields, "203.0.113.8"));
  for (const wait_pass of [earlier, "1.a", ""]) await challengePage(await send({ ...fields, wait_pass }));
  expect((await send(fields)).status).toBe(303);
});

it("admits few programs that only wait", async () => {
  const pages = await Promise.all(
    Array.from({ length: 30 }, async (_, number) => {
      const address = addressOf(1_000 + number);
      return { address, page: await challengePage(await send({ ...FORM, attempt_id: `attempt-${number}` }, address)) };
    }),
  );
  vi.setSystemTime(Date.now() + WAIT_MS);
  await flood(30);
  const sent = pages.map(async ({ address, page }) => (await send(page.fields, address)).status);
  expect((await Promise.all(sent)).filter((status) => status === 303)).toHaveLength(10);
});

it("that has waited while too many others did keeps its pass, and does not wait again", async () => {
  const mine = await challengePage(await send(FORM));
  const programs = await Promise.all(
    Array.from({ length: 10 }, async (_, number) => {
      const address = addressOf(1_000 + number);
      return { address, page: await challengePage(await send({ ...FORM, attempt_id: `attempt-${number}` }, address)) };
    }),
  );
  vi.setSystemTime(Date.now() + WAIT_MS);
  await flood(30);
  await Promise.all(programs.map(({ address, page }) => send(page.fields, address)));
  const rejected = await challengePage(await send(mine.fields));
  expect(rejected.fields["wait_pass"]).toBe(mine.fields["wait_pass"]);
  vi.setSystemTime(Date.now() + 2_000);
  await flood(1);
  expect((await send(rejected.fields)).status).toBe(303);
});

it("that was used as often as allowed gets another pass", async () => {
  const { fields } = await challengePage(await send(FORM));
  vi.setSystemTime(Date.now() + WAIT_MS);
  await flood(30);
  await breakOperation("createPaymentLink", { status: 422, times: 3 });
  for (let count = 0; count < 3; count += 1) expect((await send(fields)).status).not.toBe(429);
  const next = await challengePage(await send(fields));
  await control("DELETE", "faults");
  expect(next.fields["wait_pass"]).not.toBe(fields["wait_pass"]);
});

it("with a pass of a clock that was ahead gets another pass", async () => {
  vi.setSystemTime(Date.now() + 3_600_000);
  await flood(30);
  const { fields } = await challengePage(await send(FORM));
  vi.setSystemTime(Date.now() - 3_600_000);
  const next = await challengePage(await send(fields));
  expect(next.fields["wait_pass"]).not.toBe(fields["wait_pass"]);
});
