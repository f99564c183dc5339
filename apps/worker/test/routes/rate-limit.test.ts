import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import worker from "../../src/index.ts";
import type { Env } from "../../src/context/env.ts";
import { CLICKED } from "../support/no-script.ts";
import { errorOf } from "../support/shop.ts";

const SETTINGS: Env = {
  ...(env as unknown as Env),
  QONTO_API_URL: "https://thirdparty-sandbox.staging.qonto.co",
  QONTO_OAUTH_URL: "https://oauth-sandbox.staging.qonto.co",
};

/** Returns how many clicks on a link are answered, for this many visitors with addresses of one kind. */
async function answeredClicks(count: number, addressOf: (time: number) => string): Promise<number> {
  let answered = 0;
  for (let time = 0; time < count; time += 1) {
    // A merchant that does not exist, because only the requests are counted.
    const request = new Request("http://worker.test/pay/pk_sandbox_nobody/mug", {
      headers: { ...CLICKED, "CF-Connecting-IP": addressOf(time) },
    });
    const { status } = await worker.fetch(request as Parameters<typeof worker.fetch>[0], SETTINGS);
    if (status !== 429) answered += 1;
  }
  return answered;
}

/**
 * The limit counts by the minute of the clock and restarts when a minute ends. In that case, the measurement is
 * repeated with other visitors.
 */
async function withinOneMinute<Measured>(measure: (turn: number) => Promise<Measured>): Promise<Measured> {
  for (let turn = 0; ; turn += 1) {
    const minute = Math.floor(Date.now() / 60_000);
    const measured = await measure(turn);
    if (Math.floor(Date.now() / 60_000) === minute) return measured;
  }
}

it("links for pages without JavaScript are limited to 60 a minute, too", async () => {
  expect(await withinOneMinute((turn) => answeredClicks(61, () => `192.0.2.${100 + turn}`))).toBe(60);
});

it("one IPv6 network is one visitor, regardless of how its addresses are written", async () => {
  const answered = await withinOneMinute(async (turn) => [
    await answeredClicks(61, (time) => `2001:db8:${turn}::${time + 1}`),
    await answeredClicks(1, () => `2001:db8:${turn}:0:ffff::1`),
    await answeredClicks(1, () => `2001:db8:${turn}:1::1`),
  ]);
  expect(answered).toEqual([60, 0, 1]);
});

/** A minute may end in between, and then its 60 are counted from the start. */
const MOST_ASKED = 121;

it("the error page of a form that comes too often links to the page for the same purchase", async () => {
  const send = async (): Promise<string> => {
    const request = new Request("http://worker.test/pay/pk_sandbox_nobody/mug", {
      method: "POST",
      headers: { "CF-Connecting-IP": "192.0.2.4", Origin: "https://shop.example" },
      body: new URLSearchParams({ quantity: "3", reference: "ORDER-7", shown_amount: "1.00 EUR" }),
    });
    return (await worker.fetch(request as Parameters<typeof worker.fetch>[0], SETTINGS)).text();
  };
  let last = "";
  for (let time = 0; time < MOST_ASKED && !last.includes("rate_limited"); time += 1) last = await send();
  expect(last).toContain("<code>rate_limited</code>");
  expect(last).toContain('href="/pay/pk_sandbox_nobody/mug?confirm=1&amp;quantity=3&amp;reference=ORDER-7"');
});

it("one visitor can create 60 links a minute, and does not block another visitor", async () => {
  // A merchant that does not exist, because only the requests are counted.
  const ask = async (address: string): Promise<string> => {
    const request = new Request("http://worker.test/v1/checkouts", {
      method: "POST",
      headers: { "CF-Connecting-IP": address, Origin: "https://shop.example" },
      body: JSON.stringify({ publishable_key: "pk_sandbox_nobody", product: "mug" }),
    });
    return (await errorOf(await worker.fetch(request as Parameters<typeof worker.fetch>[0], SETTINGS))).code;
  };
  const codes: string[] = [];
  while (codes.length < MOST_ASKED && codes.at(-1) !== "rate_limited") codes.push(await ask("192.0.2.1"));
  expect(codes.slice(0, 60)).not.toContain("rate_limited");
  expect(codes.at(-1)).toBe("rate_limited");
  expect(await ask("192.0.2.2")).not.toBe("rate_limited");
});

it("the visitors of one IPv6 network of 48 bits create 600 links a minute together", async () => {
  const answered = await withinOneMinute(async (turn) => [
    await answeredClicks(601, (time) => `2001:db8:${turn + 100}:${time.toString(16)}::1`),
    await answeredClicks(1, () => `2001:db8:${turn + 200}::1`),
  ]);
  expect(answered).toEqual([600, 1]);
});
