import type { DeploymentReport, DiagnosticsReport } from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer } from "../support/connect.ts";
import { newDeployment } from "../support/deployment.ts";
import { letPass, letTheTokenEnd, payForMug, watchLog } from "../support/oauth-outage.ts";
import { breakOperation, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the diagnostics", () => {
  it.each([
    ["invalid_client", { status: 401, code: "invalid_client" }, "QONTO_CLIENT_SECRET"],
    ["invalid_response", { body: "html" }, "QONTO_STAGING_TOKEN"],
  ])("of a merchant show %s, its start and the remediation", async (problem, fault, text) => {
    await letTheTokenEnd();
    await breakOperation("createToken", { ...fault, times: 0 });
    await payForMug();
    const { healthy, checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
    expect(healthy).toBe(false);
    const check = checks.find(({ name }) => name === "oauth_client");
    expect(check).toMatchObject({ status: "failing", measured: { problem, since: expect.any(String) } });
    expect(check?.remediation).toContain(text);
  });

  it("of the deployment are healthy while Qonto accepts its client, with two calls and without a merchant", async () => {
    const response = await newDeployment()();
    const checks = [{ name: "oauth", status: "ok" }, {}, { name: "api", status: "ok" }];
    expect(await response.json()).toMatchObject({ healthy: true, checks });
    expect((await callsToQonto()).map(({ operation }) => operation)).toEqual(["createToken", "getOrganization"]);
  });

  it.each([
    ["rejects the client", { oauth_client: "invalid" }, "createToken", null, "failing", "QONTO_CLIENT_SECRET"],
    ["answers HTML", {}, "createToken", { body: "html", times: 0 }, "failing", "QONTO_STAGING_TOKEN"],
    ["redirects", {}, "createToken", { status: 302, times: 0 }, "failing", "QONTO_STAGING_TOKEN"],
    ["fails", {}, "createToken", { status: 500, times: 0 }, "warning", "status page"],
  ] as const)("of the deployment show that Qonto %s", async (_name, switches, operation, fault, status, text) => {
    await control("PUT", "behaviour", switches);
    if (fault !== null) await breakOperation(operation, fault);
    const log = watchLog();
    const response = await newDeployment()();
    const { healthy, checks } = await response.json<DeploymentReport>();
    expect(healthy).toBe(status !== "failing");
    expect(checks[0]).toMatchObject({ name: "oauth", status, remediation: expect.stringContaining(text) });
    expect(log.codes().some((code) => code.startsWith("qonto_"))).toBe(status === "failing");
  });

  it.each([403, 404])("of the deployment show that HTML with %i is not an answer of Qonto's API", async (status) => {
    await breakOperation("getOrganization", { status, body: "html", times: 0 });
    watchLog();
    const response = await newDeployment()();
    const { checks } = await response.json<DeploymentReport>();
    const api = checks.find(({ name }) => name === "api");
    expect(api).toMatchObject({ status: "failing", remediation: expect.stringContaining("QONTO_STAGING_TOKEN") });
  });

  it("of the deployment query Qonto at most once a minute, however often they are requested", async () => {
    const runDiagnostics = newDeployment();
    const first: unknown = await (await runDiagnostics()).json();
    for (let time = 0; time < 5; time += 1) expect(await (await runDiagnostics()).json()).toEqual(first);
    expect(await callsToQonto()).toHaveLength(2);
    await letPass(61_000);
    await runDiagnostics();
    expect(await callsToQonto()).toHaveLength(4);
  });

  it("of the deployment need the admin key", async () => {
    expect((await callAsServer("GET", "deployment/diagnostics")).status).toBe(401);
    expect((await administer("GET", "/v1/deployment/diagnostics?verbose=1")).status).toBe(422);
  });
});
