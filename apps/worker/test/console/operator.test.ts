import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import worker from "../../src/index.ts";
import type { Env } from "../../src/context/env.ts";
import { adminKey, administer, createMerchant } from "../support/connect.ts";
import { OWN_PAGE, operatorBrowser, signedIn, signedInAsOperator } from "../support/console.ts";
import { errorOf, openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const HOUR = 60 * 60_000;

function letPass(ms: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + ms });
}

async function codeOf(response: Promise<Response>): Promise<string> {
  const answer = await response;
  return answer.ok ? "accepted" : (await errorOf(answer)).code;
}

describe("the operator", () => {
  it("signs in with the admin key, and makes the operator's calls", async () => {
    const browser = operatorBrowser();
    const response = await browser.call("POST", "operator/session", { body: { admin_key: adminKey } });
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^qonto-pay-operator=[\w-]{49}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(await response.json()).toMatchObject({ environment: "sandbox" });
    const made = await browser.call("POST", "merchants", { body: { name: "bakery", allowed_origins: [] } });
    expect(made.status).toBe(201);
    const { data } = await (await browser.call("GET", "merchants?limit=100")).json<{ data: { merchant: string }[] }>();
    expect(data.map(({ merchant }) => merchant)).toContain("bakery");
    const report = await (await browser.call("GET", "merchants/bakery/diagnostics")).json<{ healthy: boolean }>();
    expect(report.healthy).toBe(false);
  });

  it("is not signed in with another key", async () => {
    const browser = operatorBrowser();
    const guessed = browser.call("POST", "operator/session", { body: { admin_key: `${adminKey}x` } });
    expect(await codeOf(guessed)).toBe("invalid_key");
    expect(await codeOf(browser.call("GET", "operator/session"))).toBe("invalid_operator_session");
  });

  it.each([
    { Origin: "https://evil.example" },
    { Origin: null },
    { "Sec-Fetch-Site": "cross-site" },
    { "Qonto-Pay-Console": "yes" },
  ])("is not authenticated by the cookie in a request of another site: %o", async (headers) => {
    const browser = await signedInAsOperator();
    const body = { name: "evil", allowed_origins: [] };
    expect(await codeOf(browser.call("POST", "merchants", { body, headers }))).toBe("origin_not_allowed");
    expect(await codeOf(browser.call("DELETE", "operator/session", { headers }))).toBe("origin_not_allowed");
    expect(await codeOf(browser.call("GET", "operator/session"))).toBe("accepted");
  });

  it("is not authenticated by the cookie without the header", async () => {
    const browser = await signedInAsOperator();
    const headers = { "Qonto-Pay-Console": null };
    expect(await codeOf(browser.call("GET", "merchants", { headers }))).toBe("invalid_key");
  });

  it("signs out at once, and a further sign-in ends the session before", async () => {
    const browser = await signedInAsOperator();
    const before = operatorBrowser(browser.cookie);
    await browser.call("POST", "operator/session", { body: { admin_key: adminKey } });
    expect(await codeOf(before.call("GET", "merchants"))).toBe("invalid_operator_session");
    const stolen = operatorBrowser(browser.cookie);
    expect((await browser.call("DELETE", "operator/session")).status).toBe(204);
    expect(await codeOf(stolen.call("GET", "merchants"))).toBe("invalid_operator_session");
  });

  it("is signed out an hour after the last use, and 12 hours after the sign-in", async () => {
    const idle = await signedInAsOperator();
    letPass(HOUR);
    expect(await codeOf(idle.call("GET", "operator/session"))).toBe("invalid_operator_session");
    const used = await signedInAsOperator();
    for (let half = 0; half < 24; half += 1) {
      expect(await codeOf(used.call("GET", "operator/session"))).toBe("accepted");
      letPass(HOUR / 2);
    }
    expect(await codeOf(used.call("GET", "operator/session"))).toBe("invalid_operator_session");
  });

  it("is signed out when ADMIN_KEY is replaced", async () => {
    const browser = await signedInAsOperator();
    const bindings: Env = { ...(env as unknown as Env), ADMIN_KEY: `${adminKey}-replaced` };
    const request = new Request("http://localhost:8787/v1/merchants", { headers: browser.headers });
    const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
    expect((await errorOf(response)).code).toBe("invalid_operator_session");
  });

  it("is not a merchant: neither session makes the calls of the other", async () => {
    const operator = await signedInAsOperator();
    const merchant = await signedIn();
    expect(await codeOf(operator.call("GET", "keys"))).toBe("invalid_console_session");
    expect(await codeOf(merchant.call("GET", "merchants"))).toBe("invalid_operator_session");
  });
});

describe("the list of merchants", () => {
  it("is read page by page, by name", async () => {
    for (const name of ["a-shop", "b-shop", "c-shop"]) await createMerchant(name, []);
    const pageOf = async (query: string) =>
      (await administer("GET", `/v1/merchants?${query}`)).json<{ data: { merchant: string }[]; has_more: boolean }>();
    const first = await pageOf("limit=2&after=a");
    expect([first.data.map(({ merchant }) => merchant), first.has_more]).toEqual([["a-shop", "b-shop"], true]);
    expect((await pageOf("after=b-shop")).data[0]).toMatchObject({ merchant: "c-shop" });
  });

  it("contains no secret", async () => {
    const { secret_key } = await createMerchant("d-shop", []);
    const text = await (await administer("GET", "/v1/merchants")).text();
    expect(text).toContain("d-shop");
    for (const secret of [secret_key, adminKey, OWN_PAGE.Origin]) expect(text).not.toContain(secret);
  });
});
