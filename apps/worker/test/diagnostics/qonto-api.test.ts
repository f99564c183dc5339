import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letPass } from "../support/connect.ts";
import { checkOf, LIVE, named, report } from "../support/diagnostics.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase } from "../support/object/merchant-object.ts";
import { breakOperation } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { checkoutFor, openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

/** Moves the Worker's clock, not Qonto's. */
function moveOurClock(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

describe("the access token", () => {
  it("works, and its latency is reported", async () => {
    await breakOperation("getOrganization", { delay_ms: 300 });
    const startedAt = Date.now();
    const { status, measured } = await checkOf("access_token");
    expect(status).toBe("ok");
    expect(measured?.latency_ms).toBeGreaterThanOrEqual(290);
    expect(measured?.latency_ms).toBeLessThanOrEqual(Date.now() - startedAt);
  });

  it("is a warning if Qonto is slow", async () => {
    await breakOperation("getOrganization", { delay_ms: 2_100 });
    expect((await checkOf("access_token")).status).toBe("warning");
  });

  it("is failing if it can't be decrypted, as after VAULT_KEY was lost, and checks without Qonto still work", async () => {
    await changeDatabase(({ sql }) => {
      sql.exec("UPDATE settings SET value = ? WHERE name = 'sealed_tokens'", JSON.stringify("v2.lost.AAAA.AAAA"));
    });
    const told = await report();
    expect(named(told, "access_token").status).toBe("failing");
    expect(named(told, "access_token").remediation).toContain("VAULT_KEY_BEFORE");
    expect(named(told, "rounding").status).toBe("ok");
  });
});

describe("the clocks", () => {
  it("are ok if they are seconds apart", async () => {
    moveOurClock(10_000);
    const { status, measured } = await checkOf("clock_skew");
    expect(status).toBe("ok");
    expect(measured?.skew_ms).toBeLessThan(-5_000);
    expect(measured?.skew_ms).toBeGreaterThan(-15_000);
  });

  it.each([
    [-45, "warning"],
    [60, "warning"],
    [-280, "failing"],
    [280, "failing"],
  ])("with a difference of %i seconds are %s", async (seconds, status) => {
    moveOurClock(seconds * 1_000);
    expect((await checkOf("clock_skew")).status).toBe(status);
  });

  it("can't be compared if Qonto does not answer", async () => {
    for (const operation of Object.values(LIVE)) await breakOperation(operation, { drop: true, times: 0 });
    const told = await checkOf("clock_skew");
    expect(told.status).toBe("failing");
    expect(told.measured).toBeUndefined();
  });
});

describe("the last errors", () => {
  it("list failed calls to Qonto by operation, in our words and without duplicates", async () => {
    expect((await checkOf("last_errors")).measured?.errors).toEqual([]);
    await breakOperation("createPaymentLink", { status: 400, code: "canary_code", times: 2 });
    for (let time = 0; time < 2; time += 1) await checkoutFor({ product: "mug" }).catch(() => null);
    await eventually(async () => expect((await checkOf("last_errors")).status).toBe("warning"));
    const { errors } = (await checkOf("last_errors")).measured ?? {};
    expect(errors?.filter(({ operation }) => operation === "createPaymentLink")).toEqual([
      {
        operation: "createPaymentLink",
        message: "Qonto answered 400 to createPaymentLink",
        cause: null,
        count: 2,
        first_at: expect.any(String),
        last_at: expect.any(String),
      },
    ]);
    await letPass(61);
    expect((await checkOf("last_errors")).status).toBe("ok");
  });

  it("include token requests, but not an answer of 404", async () => {
    await letPass(61);
    await breakOperation("createToken", { status: 500, times: 2 });
    await checkoutFor({ product: "mug" }).catch(() => null);
    expect((await callAsServer("GET", "payment_links/unknown")).status).toBe(404);
    const { errors } = (await checkOf("last_errors")).measured ?? {};
    expect(errors?.map(({ operation }) => operation)).toEqual(["createToken"]);
  });

  it("are at most ten different ones, and survive a restart of the Worker", async () => {
    for (let status = 410; status <= 422; status += 1) {
      await breakOperation("getPaymentLink", { status });
      await callAsServer("GET", "payment_links/some");
    }
    await abortAllDurableObjects();
    const { errors = [] } = (await checkOf("last_errors")).measured ?? {};
    expect(errors).toHaveLength(10);
    expect(errors.map(({ message }) => message)).toContain("Qonto answered 422 to getPaymentLink");
    expect(errors.map(({ message }) => message)).not.toContain("Qonto answered 410 to getPaymentLink");
  });
});
