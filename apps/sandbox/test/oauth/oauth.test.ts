import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, REDIRECT_URI, string } from "../support/client.ts";

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

const advance = (seconds: number) => client.control("POST", "/clock", { advance_seconds: seconds });
const isAlive = async (accessToken: string) =>
  (await client.api("GET", "/v2/organization", undefined, { authorization: `Bearer ${accessToken}` })).status === 200;

describe("an authorization code", () => {
  test("is exchanged for both tokens", async () => {
    const reply = await client.exchange(await client.newCode());
    expect(reply.status).toBe(200);
    expect(reply.headers.get("cache-control")).toBe("no-store");
    expect(reply.body).toMatchObject({
      expires_in: 3600,
      token_type: "bearer",
      scope: "offline_access organization.read payment_link.read payment_link.write webhook",
    });
    expect(await isAlive(string(reply.body["access_token"]))).toBe(true);
  });

  test("without offline_access gives no refresh token", async () => {
    const reply = await client.exchange(await client.newCode("payment_link.read"));
    expect(reply.body["refresh_token"]).toBeUndefined();
  });

  test("works once; a second use revokes the tokens of the first", async () => {
    const code = await client.newCode();
    const first = await client.exchange(code);
    const second = await client.exchange(code);
    expect(second.status).toBe(400);
    expect(second.body).toMatchObject({ error: "invalid_grant" });
    expect(await isAlive(string(first.body["access_token"]))).toBe(false);
  });

  test("lives 10 minutes", async () => {
    const [early, late] = [await client.newCode(), await client.newCode()];
    await advance(595);
    expect((await client.exchange(early)).status).toBe(200);
    await advance(10);
    expect((await client.exchange(late)).body).toMatchObject({ error: "invalid_grant" });
  });

  test("only works with its redirect_uri, which must be on this machine", async () => {
    const code = await client.newCode();
    const other = { grant_type: "authorization_code", code, redirect_uri: "http://localhost:8787/other" };
    expect((await client.token(other)).body).toMatchObject({ error: "invalid_grant" });
    const refused = await client.control("POST", "/authorizations", { redirect_uri: "https://evil.example/callback" });
    expect(refused.status).toBe(400);
  });
});

describe("a refresh token", () => {
  test("is replaced at every refresh, and stays valid for 60 seconds after its first use", async () => {
    const first = await client.refresh(client.refreshToken);
    expect(first.status).toBe(200);
    expect(first.body["refresh_token"]).not.toBe(client.refreshToken);
    await advance(55);
    expect((await client.refresh(client.refreshToken)).status).toBe(200);
    await advance(10);
    expect((await client.refresh(client.refreshToken)).body).toMatchObject({ error: "invalid_grant" });
    expect((await client.refresh(string(first.body["refresh_token"]))).status).toBe(200);
  });

  test("lives 90 days unused", async () => {
    await advance(90 * 86_400 - 60);
    expect((await client.refresh(client.refreshToken)).status).toBe(200);
    const unused = (await client.exchange(await client.newCode())).body["refresh_token"];
    await advance(90 * 86_400 + 1);
    expect((await client.refresh(string(unused))).status).toBe(400);
  });
});

test("an access token lives an hour", async () => {
  await advance(3595);
  expect(await isAlive(client.accessToken)).toBe(true);
  await advance(10);
  expect(await isAlive(client.accessToken)).toBe(false);
});

test.each(["access", "refresh"] as const)("revoking the %s token ends both", async (which) => {
  const credentials = { client_id: "sandbox-client", client_secret: "sandbox-secret" };
  const token = which === "access" ? client.accessToken : client.refreshToken;
  expect((await client.form("/oauth2/revoke", { ...credentials, token })).status).toBe(200);
  expect(await isAlive(client.accessToken)).toBe(false);
  expect((await client.refresh(client.refreshToken)).status).toBe(400);
  expect((await client.form("/oauth2/revoke", { ...credentials, token: "unknown" })).status).toBe(200);
});

describe("the token endpoint rejects", () => {
  test.each([
    ["another client", { grant_type: "refresh_token", client_id: "other" }, 401, "invalid_client"],
    ["a wrong secret", { grant_type: "refresh_token", client_secret: "wrong" }, 401, "invalid_client"],
    ["no grant type", {}, 400, "invalid_request"],
    ["another grant type", { grant_type: "password" }, 400, "unsupported_grant_type"],
    ["a refresh without a token", { grant_type: "refresh_token" }, 400, "invalid_request"],
    ["an unknown refresh token", { grant_type: "refresh_token", refresh_token: "x" }, 400, "invalid_grant"],
    ["a code without redirect_uri", { grant_type: "authorization_code", code: "x" }, 400, "invalid_request"],
    [
      "an unknown code",
      { grant_type: "authorization_code", code: "x", redirect_uri: REDIRECT_URI },
      400,
      "invalid_grant",
    ],
  ])("%s", async (_case, fields, status, error) => {
    const reply = await client.token(fields);
    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({ error });
  });

  test("JSON instead of a form", async () => {
    const response = await fetch(`${sandbox.url}/oauth2/token`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: "invalid_request" });
  });
});

describe("the API", () => {
  test.each([
    ["no authorization", undefined, "authorization_header_missing"],
    ["an unknown token", "Bearer unknown", "authorization_token_invalid"],
    ["an API key", "login:secret", "unauthorized"],
  ])("answers 401 to %s", async (_case, authorization, code) => {
    const reply = await client.api("GET", "/v2/payment_links", undefined, { authorization });
    expect(reply.status).toBe(401);
    expect(reply.body["errors"]?.[0]).toMatchObject({ code });
  });

  test.each([
    ["payment_link.write", "GET", "/v2/payment_links"],
    ["payment_link.read", "POST", "/v2/payment_links"],
    ["payment_link.read", "GET", "/v2/organization"],
    ["organization.read", "GET", "/v2/webhook_subscriptions"],
  ])("answers 403 to a token with only the scope %s for %s %s", async (scope, method, path) => {
    const limited = await Client.connect(sandbox, scope);
    const reply = await limited.api(method, path, method === "POST" ? {} : undefined);
    expect(reply.status).toBe(403);
    expect(reply.body["errors"]?.[0] ?? reply.body).toMatchObject({ code: "forbidden" });
  });
});
