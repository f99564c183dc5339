import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import worker from "../src/index.ts";
import type { Env } from "../src/env.ts";
import { errorOf, KEY } from "./support/shop.ts";

const good = env as unknown as Env;

function request(settings: Partial<Env>): Promise<Response> | Response {
  const asked = new Request("http://worker.test/v1/checkouts", {
    method: "POST",
    body: JSON.stringify({ key: KEY, product: "mug" }),
  });
  return worker.fetch(asked as Parameters<typeof worker.fetch>[0], { ...good, ...settings });
}

describe("a setting that is missing or malformed is named at the first request", () => {
  it.each([
    ["QONTO_API_URL", undefined],
    ["QONTO_API_URL", "thirdparty.qonto.com"],
    ["QONTO_API_URL", "http://thirdparty.qonto.com"],
    ["QONTO_API_URL", "https://thirdparty.qonto.com/v2"],
    ["QONTO_OAUTH_URL", "https://user@oauth.qonto.com"],
    ["QONTO_PAY_HOSTS", ""],
    ["QONTO_PAY_HOSTS", "https://pay.qonto.com"],
    ["QONTO_CLIENT_ID", ""],
    ["QONTO_CLIENT_SECRET", undefined],
    ["QONTO_STAGING_TOKEN", undefined],
    ["VAULT_KEY", "c2hvcnQ="],
    ["ADMIN_KEY", "short"],
  ])("%s = %s", async (name, value) => {
    const response = await request({ [name]: value });
    expect(response.status).toBe(503);
    const error = await errorOf(response);
    expect(error).toMatchObject({ code: "misconfigured", param: name });
    expect(error.message).toContain(name);
    if (value !== undefined && value !== "") expect(JSON.stringify(error)).not.toContain(value);
  });

  it("a staging token in production is one too", async () => {
    const error = await errorOf(await request({ QONTO_API_URL: "https://thirdparty.qonto.com" }));
    expect(error.param).toBe("QONTO_STAGING_TOKEN");
  });
});
