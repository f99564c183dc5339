import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import worker from "../src/index.ts";
import type { Env } from "../src/env.ts";
import { errorOf } from "./support/shop.ts";

it("one visitor mints 60 links a minute at most, and another visitor is not kept out by that", async () => {
  const settings: Env = {
    ...(env as unknown as Env),
    QONTO_API_URL: "https://thirdparty-sandbox.staging.qonto.co",
    QONTO_OAUTH_URL: "https://oauth-sandbox.staging.qonto.co",
  };
  // A merchant that is not there: what is counted is the asking.
  const ask = async (address: string): Promise<string> => {
    const request = new Request("http://worker.test/v1/checkouts", {
      method: "POST",
      headers: { "CF-Connecting-IP": address, Origin: "https://shop.example" },
      body: JSON.stringify({ key: "pk_sandbox_nobody", product: "mug" }),
    });
    return (await errorOf(await worker.fetch(request as Parameters<typeof worker.fetch>[0], settings))).code;
  };
  const codes: string[] = [];
  for (let time = 0; time < 61; time += 1) codes.push(await ask("192.0.2.1"));
  expect(codes.slice(0, 60)).not.toContain("rate_limited");
  expect(codes.at(-1)).toBe("rate_limited");
  expect(await ask("192.0.2.2")).not.toBe("rate_limited");
});
