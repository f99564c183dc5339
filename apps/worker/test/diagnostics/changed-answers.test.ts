import type {
  DeploymentReport,
  DiagnosticsCheckName,
  DiagnosticsCheckOf,
  DiagnosticsReport,
} from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { newDeployment } from "../support/deployment.ts";
import { letPass } from "../support/connect.ts";
import { untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await untilAtRest();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const LIVE = ["access_token", "connection", "payment_methods", "webhook_subscription"] as const;

function report(): Promise<DiagnosticsReport> {
  return answerAsServer("GET", "diagnostics");
}

async function checkOf<Name extends DiagnosticsCheckName>(name: Name): Promise<DiagnosticsCheckOf<Name> | undefined> {
  return (await report()).checks.find((check) => check.name === name) as DiagnosticsCheckOf<Name> | undefined;
}

async function deployment(): Promise<DeploymentReport> {
  return (await newDeployment()()).json();
}

/** Collects the codes of the log lines on which an operator sets alarms. */
function watchErrors(): () => readonly string[] {
  const codes: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => {
    codes.push((JSON.parse(line) as { code?: string }).code ?? "");
  });
  return () => codes;
}

describe("answers of Qonto's API in another shape", () => {
  it.each(["number", "null", "comma"])(
    "are reported in the error, the log and the diagnostics: amount as %s",
    async (amount_as) => {
      const { id } = await checkoutFor({ product: "mug" });
      await breakOperation("getPaymentLink", { amount_as, times: 0 });
      const codes = watchErrors();
      const { code, message } = await errorOf(await callAsServer("POST", `checkouts/${id}/sync`));
      expect(code).toBe("qonto_unavailable");
      expect(message).toContain("getPaymentLink has another shape");
      expect(message).toContain("GET /v1/diagnostics");
      expect(codes()).toContain("qonto_answer_changed");
      const { healthy } = await report();
      expect(healthy).toBe(false);
      const check = await checkOf("last_errors");
      expect(check).toMatchObject({ status: "failing", message: expect.stringContaining("getPaymentLink") });
      expect(check?.remediation).toContain("must update the deployment");
      expect(check?.measured?.errors[0]).toMatchObject({ operation: "getPaymentLink", cause: "unknown_shape" });
    },
  );

  it("are no longer failing an hour after the last one", async () => {
    const { id } = await checkoutFor({ product: "mug" });
    await breakOperation("getPaymentLink", { amount_as: "null", times: 3 });
    await callAsServer("POST", `checkouts/${id}/sync`);
    await letPass(61);
    expect(await checkOf("last_errors")).toMatchObject({ status: "ok" });
  });

  it("to a check have an update as remediation", async () => {
    // A list without any known field.
    await breakOperation("listPaymentMethods", { body: "empty", times: 0 });
    const check = await checkOf("payment_methods");
    expect(check?.status).toBe("failing");
    expect(check?.remediation).toContain("must update the deployment");
    expect(check?.remediation).not.toContain("status page");
  });

  it("cause a neutral error for a shopper", async () => {
    await breakOperation("createPaymentLink", { amount_as: "number", times: 0 });
    const { code, message } = await errorOf(await pay({ publishable_key: KEY, product: "mug" }));
    expect({ code, message }).toEqual({
      code: "qonto_unavailable",
      message: "The payment page can't be reached right now. Please try again.",
    });
  });
});

describe("another server that answers in place of Qonto's API", () => {
  const FOREIGN = [
    ["HTML", { status: 200, body: "html" }],
    ["a redirect", { status: 302, headers: { Location: "https://login.example/" } }],
  ] as const;

  it.each(FOREIGN)(
    "with %s has the staging token in its remediation, not only Qonto's status page",
    async (_name, fault) => {
      const operations = ["getOrganization", "getConnection", "listPaymentMethods", "listWebhookSubscriptions"];
      for (const operation of operations) await breakOperation(operation, { ...fault, times: 0 });
      const codes = watchErrors();
      const { checks } = await report();
      for (const name of LIVE) {
        const check = checks.find((one) => one.name === name);
        expect(check?.status).toBe("failing");
        expect(check?.remediation).toContain("QONTO_STAGING_TOKEN");
        expect(check?.remediation).toContain("QONTO_API_URL");
      }
      expect(codes()).toContain("qonto_api_unreadable");
      expect((await checkOf("last_errors"))?.remediation).toContain("QONTO_STAGING_TOKEN");
    },
  );

  it.each(FOREIGN)("with %s is failing for the operator", async (_name, fault) => {
    await breakOperation("getOrganization", { ...fault, times: 0 });
    const codes = watchErrors();
    const { healthy, checks } = await deployment();
    expect(healthy).toBe(false);
    const check = checks.find(({ name }) => name === "api");
    expect(check).toMatchObject({ status: "failing", remediation: expect.stringContaining("QONTO_STAGING_TOKEN") });
    expect(codes()).toContain("qonto_api_unreadable");
  });

  it("is distinguished from a failing Qonto, which is a warning for the operator", async () => {
    expect((await deployment()).checks.find(({ name }) => name === "api")).toMatchObject({ status: "ok" });
    await breakOperation("getOrganization", { status: 500, times: 0 });
    const { healthy, checks } = await deployment();
    expect(healthy).toBe(true);
    expect(checks.find(({ name }) => name === "api")).toMatchObject({ status: "warning" });
  });

  it("is detected by one call without a token", async () => {
    await control("DELETE", "journal");
    await deployment();
    const calls = await callsToQonto();
    expect(calls.map(({ operation }) => operation)).toEqual(["createToken", "getOrganization"]);
    expect(Object.keys(calls[1]?.headers ?? {})).not.toContain("authorization");
    expect(Object.keys(calls[1]?.headers ?? {})).toContain("x-qonto-staging-token");
  });
});

describe("an ordinary rejection", () => {
  it("of a deactivation during a payment is not listed as an error", async () => {
    const { id } = await checkoutFor({ product: "mug" });
    await breakOperation("deactivatePaymentLink", { status: 400, code: "bad_request", times: 0 });
    await callAsServer("POST", `checkouts/${id}/cancel`);
    expect(await checkOf("last_errors")).toMatchObject({ status: "ok", measured: { errors: [] } });
  });

  it("for a missing permission is listed as an error", async () => {
    const { id } = await checkoutFor({ product: "mug" });
    await breakOperation("deactivatePaymentLink", { status: 403, times: 0 });
    await callAsServer("POST", `checkouts/${id}/cancel`);
    expect(await checkOf("last_errors")).toMatchObject({ status: "warning" });
  });
});
