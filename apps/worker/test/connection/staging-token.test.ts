import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer, consentAtQonto, newBrowser } from "../support/connect.ts";
import { ringAlarm } from "../support/object/merchant-object.ts";
import { FOREIGN_ANSWERS, letPass, letTheTokenEnd, payForMug, watchLog } from "../support/oauth-outage.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { callAsServer, toldTypes } from "../support/server.ts";
import { errorOf, openMerchant, openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the local sandbox that plays Qonto's sandbox", () => {
  it.each(["html", "redirect"])(
    "connects and takes payments if every call needs the staging token: %s",
    async (staging_token) => {
      await control("PUT", "behaviour", { behaviour: "sandbox", staging_token });
      await openMerchant("fresh");
      await letTheTokenEnd();
      const response = await payForMug("pk_sandbox_fresh");
      expect(response.status).toBe(201);
      expect((await administer("POST", "/v1/merchants/fresh/disconnect")).status).toBe(200);
      expect((await callsOf("revokeToken")).map(({ status }) => status)).toEqual([200]);
    },
  );

  it("can reject the client regardless of its secret, and accept it again", async () => {
    await letTheTokenEnd();
    await control("PUT", "behaviour", { oauth_client: "invalid" });
    expect((await errorOf(await payForMug())).code).toBe("misconfigured");
    await control("PUT", "behaviour", { oauth_client: "valid" });
    await letPass(15 * 60_000);
    await ringAlarm();
    expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]);
  });

  it("answers an error with a trace id, which is logged", async () => {
    await control("PUT", "behaviour", { error_trace_id: "present" });
    await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
    const log = watchLog();
    await payForMug();
    expect(log.text()).toMatch(/"code":"qonto_call_failed".*"trace_id":"[0-9a-f]{32}"/);
    expect(log.text()).not.toContain("canary");
  });
});

describe("the staging token", () => {
  it("is sent with every call of OAuth: code exchange, refresh and revocation", async () => {
    const browser = await newBrowser("fresh");
    await consentAtQonto(browser, "fresh");
    await letTheTokenEnd();
    await payForMug();
    const calls = await callsOf("createToken");
    expect(calls).toHaveLength(2);
    for (const call of calls) expect(Object.keys(call.headers)).toContain("x-qonto-staging-token");
  });

  it.each(FOREIGN_ANSWERS.slice(0, 4))(
    "is named in the operator's log when the API answers %s",
    async (_name, fault) => {
      await breakOperation("listPaymentMethods", { ...fault, times: 0 });
      const log = watchLog();
      expect((await callAsServer("GET", "payment_methods")).ok).toBe(false);
      expect(log.text()).toContain("QONTO_STAGING_TOKEN");
    },
  );
});
