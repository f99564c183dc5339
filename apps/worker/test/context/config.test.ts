import { env } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/context/config.ts";
import worker from "../../src/index.ts";
import type { Env } from "../../src/context/env.ts";
import { errorOf, KEY } from "../support/shop.ts";

const good = env as unknown as Env;

function request(settings: Partial<Env>): Promise<Response> | Response {
  const asked = new Request("http://worker.test/v1/checkouts", {
    method: "POST",
    body: JSON.stringify({ publishable_key: KEY, product: "mug" }),
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
    ["WORKER_URL", "https://pay.shop.example/#top"],
    ["QONTO_PROVIDER_HOSTS", "pay.provider.example,,"],
  ])("%s = %s", async (name, value) => {
    const response = await request({ [name]: value });
    expect(response.status).toBe(503);
    const error = await errorOf(response);
    expect(error).toMatchObject({ code: "misconfigured", param: name });
    expect(error.message).toContain(name);
    if (value !== undefined && value !== "") expect(JSON.stringify(error)).not.toContain(value);
  });

  it.each([
    ["ADMIN_KEY", `${good.ADMIN_KEY}\n`],
    ["QONTO_CLIENT_SECRET", "\u00a0sandbox-secret"],
    ["QONTO_CLIENT_ID", "sandbox-client "],
    ["QONTO_STAGING_TOKEN", "sandbox-staging-token\r\n"],
    ["VAULT_KEY", `${good.VAULT_KEY}\n`],
  ])("%s with white space around it is rejected with the reason", async (name, value) => {
    const error = await errorOf(await request({ [name]: value }));
    expect(error).toMatchObject({ code: "misconfigured", param: name });
    expect(error.message).toContain("it has white space around it: store it again without white space.");
    expect(error.message).not.toContain(value.trim());
  });

  it.each([
    ["WORKER_URL", "https://pay.shop.example/#top", "without a fragment (#)"],
    ["QONTO_API_URL", "https://thirdparty.qonto.com/v2", "without a path"],
    ["QONTO_OAUTH_URL", "https://user@oauth.qonto.com", "without a user"],
    ["QONTO_OAUTH_URL", "oauth.qonto.com", "beginning with https://"],
    ["QONTO_PAY_HOSTS", "https://pay.qonto.com", "without https:// and without a path"],
  ])("%s = %s is rejected with the exact reason", async (name, value, said) => {
    expect((await errorOf(await request({ [name]: value }))).message).toContain(said);
  });

  it("an address is read in the form of the URL parser", () => {
    const settings = { ...good, QONTO_STAGING_TOKEN: undefined, QONTO_API_URL: " https://ThirdParty.Qonto.com:443/\n" };
    const hosts = { QONTO_PAY_HOSTS: "Pay.Qonto.com:443, zahlen.m\u00fcller.example:8443\n" };
    const config = readConfig({ ...settings, ...hosts, WORKER_URL: "HTTPS://pay.m\u00fcller.example" });
    expect(config.environment).toBe("live");
    expect([...config.payHosts]).toEqual(["pay.qonto.com", "zahlen.xn--mller-kva.example:8443"]);
    expect(config.workerUrl.href).toBe("https://pay.xn--mller-kva.example/");
  });

  it("a staging token in production is rejected, too", async () => {
    const error = await errorOf(await request({ QONTO_API_URL: "https://thirdparty.qonto.com" }));
    expect(error.param).toBe("QONTO_STAGING_TOKEN");
  });
});
