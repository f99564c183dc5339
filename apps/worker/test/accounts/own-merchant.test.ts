import { beforeEach, expect, it, vi } from "vitest";
import { begin } from "../support/connect.ts";
import { signedIn } from "../support/console.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { errorOf, KEY, openShop, pay, SHOP } from "../support/shop.ts";

beforeEach(openShop);

it("the merchant reads and replaces its allowed origins, with effect at once", async () => {
  const merchant = await answerAsServer<object>("GET", "merchant");
  expect(merchant).toMatchObject({ merchant: "demo", allowed_origins: [SHOP], retention: { unpaid_days: 396 } });
  const allowed_origins = ["https://other.example"];
  expect(await answerAsServer("PATCH", "merchant", { body: { allowed_origins } })).toEqual({
    ...merchant,
    allowed_origins,
  });
  expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("origin_not_allowed");
});

it("the merchant can't change how long its checkouts are kept", async () => {
  const refused = await callAsServer("PATCH", "merchant", { body: { retention: { unpaid_days: 30 } } });
  expect((await errorOf(refused)).code).toBe("invalid_request");
});

it("the merchant disconnects Qonto, and gets a link to connect again", async () => {
  expect(await answerAsServer("POST", "merchant/disconnect")).toEqual({
    merchant: "demo",
    disconnected: true,
    consent_revoked: true,
  });
  expect((await errorOf(await callAsServer("GET", "connection"))).code).toBe("merchant_not_connected");
  const { connect_url } = await answerAsServer<{ connect_url: string }>("POST", "merchant/connect_link");
  await begin(connect_url);
});

it("these changes need a fresh sign-in in the console", async () => {
  const browser = await signedIn();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * 60_000 });
  const calls = [
    browser.call("PATCH", "merchant", { body: { allowed_origins: [] } }),
    browser.call("POST", "merchant/connect_link"),
    browser.call("POST", "merchant/disconnect"),
  ];
  const codes = await Promise.all(calls.map(async (call) => (await errorOf(await call)).code));
  expect(new Set(codes)).toEqual(new Set(["fresh_sign_in_required"]));
  expect((await browser.call("GET", "merchant")).status).toBe(200);
  vi.useRealTimers();
});
