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

/** How many of so many people's clicks on a link are answered, all from addresses of this kind. */
async function answeredClicks(count: number, addressOf: (time: number) => string): Promise<number> {
  let answered = 0;
  for (let time = 0; time < count; time += 1) {
    // A merchant that is not there: what is counted is the asking.
    const request = new Request("http://worker.test/pay/pk_sandbox_nobody/mug", {
      headers: { ...CLICKED, "CF-Connecting-IP": addressOf(time) },
    });
    const { status } = await worker.fetch(request as Parameters<typeof worker.fetch>[0], SETTINGS);
    if (status !== 429) answered += 1;
  }
  return answered;
}

/**
 * The limit counts by the minute of the clock, and starts again where a minute ends: such a measurement is taken again, of
 * other visitors.
 */
async function withinOneMinute<Measured>(measure: (turn: number) => Promise<Measured>): Promise<Measured> {
  for (let turn = 0; ; turn += 1) {
    const minute = Math.floor(Date.now() / 60_000);
    const measured = await measure(turn);
    if (Math.floor(Date.now() / 60_000) === minute) return measured;
  }
}

it("links without a script are minted no more often", async () => {
  expect(await withinOneMinute((turn) => answeredClicks(61, () => `192.0.2.${100 + turn}`))).toBe(60);
});

it("one network of IPv6 is one visitor, however its addresses are written", async () => {
  const answered = await withinOneMinute(async (turn) => [
    await answeredClicks(61, (time) => `2001:db8:${turn}::${time + 1}`),
    await answeredClicks(1, () => `2001:db8:${turn}:0:ffff::1`),
    await answeredClicks(1, () => `2001:db8:${turn}:1::1`),
  ]);
  expect(answered).toEqual([60, 0, 1]);
});

/** A minute may end in between, and then its 60 are counted from the start. */
const MOST_ASKED = 121;

it("a form that comes too often is led on to the page for what it asked for, not to something else", async () => {
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

it("one visitor mints 60 links a minute at most, and another visitor is not kept out by that", async () => {
  // A merchant that is not there: what is counted is the asking.
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
