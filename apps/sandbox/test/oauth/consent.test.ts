import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, REDIRECT_URI, type Reply, read, string } from "../support/client.ts";
import { submit } from "../support/submit.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

/** The test vector of RFC 7636, appendix B. */
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = { code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM", code_challenge_method: "S256" };

const REQUEST = {
  client_id: "sandbox-client",
  redirect_uri: REDIRECT_URI,
  response_type: "code",
  scope: "offline_access payment_link.read",
  state: "a b&c",
};

/** Returns the page for `REQUEST` with changes. An undefined value removes a parameter. */
async function ask(changes: Record<string, string | undefined> = {}): Promise<Reply> {
  const fields = Object.entries({ ...REQUEST, ...changes });
  const query = new URLSearchParams(fields.filter((field): field is [string, string] => field[1] !== undefined));
  return read(await fetch(`${sandbox.url}/oauth2/auth?${query.toString()}`, { redirect: "manual" }));
}

/** Returns the redirect target of an answer and its query. */
function sentBack(reply: Reply): { to: string; with: Record<string, string> } {
  expect(reply.status).toBe(303);
  const url = new URL(reply.headers.get("location") ?? "");
  return { to: url.origin + url.pathname, with: Object.fromEntries(url.searchParams) };
}

const exchange = (code: string, more: Record<string, string> = {}) =>
  client.token({ grant_type: "authorization_code", code, redirect_uri: REDIRECT_URI, ...more });

test("the page names the organization, describes the requested scopes, and runs no script", async () => {
  const page = await ask({ scope: "offline_access payment_link.read organization.read" });
  expect(page.status).toBe(200);
  for (const text of ["Abacate Organization", "stay connected", "your payment links", "bank accounts"]) {
    expect(page.text).toContain(text);
  }
  expect(page.text).not.toContain("create payment links");
  expect(page.text).not.toContain("<script");
});

test("Allow redirects with a code for the requested scopes, and with the unchanged state", async () => {
  const back = sentBack(await submit(client, await ask(), { decision: "allow" }));
  expect(back).toEqual({ to: REDIRECT_URI, with: { code: expect.any(String), state: "a b&c" } });
  const tokens = await exchange(back.with["code"] ?? "");
  expect(tokens.body).toMatchObject({ scope: "offline_access payment_link.read", refresh_token: expect.any(String) });
  expect((await exchange(back.with["code"] ?? "")).body).toMatchObject({ error: "invalid_grant" });
});

test("Refuse redirects with access_denied and without a code", async () => {
  expect(sentBack(await submit(client, await ask(), { decision: "refuse" }))).toEqual({
    to: REDIRECT_URI,
    with: { error: "access_denied", error_description: expect.any(String), state: "a b&c" },
  });
});

test("a form without a decision redirects to the page", async () => {
  const again = await submit(client, await ask(), {});
  expect(again.status).toBe(303);
  expect(again.headers.get("location")).toMatch(/^\/oauth2\/auth\?client_id=/);
});

test("without a state the redirect has none; the query of the redirect URI is kept", async () => {
  const page = await ask({ state: undefined, redirect_uri: "http://127.0.0.1:9/back?shop=1&x=%20" });
  const reply = await submit(client, page, { decision: "allow" });
  expect(reply.headers.get("location")).toMatch(/^http:\/\/127\.0\.0\.1:9\/back\?shop=1&x=%20&code=[\w-]+$/);
});

test("the merchant's own organization_id is accepted", async () => {
  const { body } = await client.api("GET", "/v2/organization");
  expect((await ask({ organization_id: string(body["organization"]?.["id"]) })).status).toBe(200);
});

describe("the answer is an error page without a redirect for", () => {
  test.each([
    ["no client", { client_id: undefined }],
    ["another client", { client_id: "other" }],
    ["no redirect URI", { redirect_uri: undefined }],
    ["a redirect URI on another machine", { redirect_uri: "https://evil.example/callback" }],
    ["a redirect URI that looks like this machine", { redirect_uri: "http://localhost@evil.example/" }],
    ["a redirect URI of another scheme", { redirect_uri: "javascript:alert(1)" }],
    ["a redirect URI with a fragment", { redirect_uri: `${REDIRECT_URI}#x` }],
  ])("%s", async (_case, changes) => {
    const page = await ask(changes);
    expect(page.status).toBe(400);
    expect(page.headers.get("location")).toBeNull();
    expect(page.text).toContain("This app cannot be connected");
    expect(page.text).not.toContain("<form");
  });
});

describe("the client receives an error, and its state, for", () => {
  test.each([
    ["no response_type", { response_type: undefined }, "invalid_request"],
    ["another response_type", { response_type: "token" }, "unsupported_response_type"],
    ["no scope", { scope: undefined }, "invalid_scope"],
    ["an unknown scope", { scope: "payment_link.read everything" }, "invalid_scope"],
    ["an organization of another user", { organization_id: "5e1f1a6e" }, "invalid_request"],
    ["a challenge without a method", { ...CHALLENGE, code_challenge_method: undefined }, "invalid_request"],
    ["a challenge in plain", { ...CHALLENGE, code_challenge_method: "plain" }, "invalid_request"],
    ["a challenge that is no hash", { ...CHALLENGE, code_challenge: "short" }, "invalid_request"],
  ])("%s", async (_case, changes, error) => {
    const back = sentBack(await ask(changes));
    expect(back).toEqual({ to: REDIRECT_URI, with: { error, error_description: expect.any(String), state: "a b&c" } });
  });

  test("a repeated parameter", async () => {
    const query = `${new URLSearchParams(REQUEST).toString()}&scope=webhook`;
    const reply = await read(await fetch(`${sandbox.url}/oauth2/auth?${query}`, { redirect: "manual" }));
    expect(sentBack(reply).with).toMatchObject({ error: "invalid_request" });
  });
});

describe("with a challenge, the code", () => {
  test.each([
    ["is exchanged by its verifier", VERIFIER, 200],
    ["is rejected with another verifier", createHash("sha256").update("other").digest("base64url"), 400],
    ["is rejected without a verifier", undefined, 400],
  ])("%s", async (_case, verifier, status) => {
    const back = sentBack(await submit(client, await ask(CHALLENGE), { decision: "allow" }));
    const reply = await exchange(back.with["code"] ?? "", verifier === undefined ? {} : { code_verifier: verifier });
    expect(reply.status).toBe(status);
    if (status === 400) expect(reply.body).toMatchObject({ error: "invalid_grant" });
  });
});

test("the journal contains neither code nor verifier", async () => {
  const { code = "" } = sentBack(await submit(client, await ask(CHALLENGE), { decision: "allow" })).with;
  expect((await exchange(code, { code_verifier: VERIFIER })).status).toBe(200);
  const { text } = await client.control("GET", "/journal");
  expect(text).toContain("code_verifier");
  expect(text).not.toContain(VERIFIER);
  expect(text).not.toContain(code);
});

test("without a challenge a verifier is ignored", async () => {
  const back = sentBack(await submit(client, await ask(), { decision: "allow" }));
  expect((await exchange(back.with["code"] ?? "", { code_verifier: VERIFIER })).status).toBe(200);
});

test("a merchant who disconnects the app ends its codes and its tokens", async () => {
  const code = await client.newCode();
  expect((await client.control("POST", "/revoke")).status).toBe(204);
  expect((await client.api("GET", "/v2/organization")).status).toBe(401);
  expect((await client.refresh(client.refreshToken)).body).toMatchObject({ error: "invalid_grant" });
  expect((await client.exchange(code)).body).toMatchObject({ error: "invalid_grant" });
  client = await Client.connect(sandbox);
  expect((await client.api("GET", "/v2/organization")).status).toBe(200);
});
