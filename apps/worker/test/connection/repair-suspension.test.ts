import type { DeploymentReport, DiagnosticsRepair, DiagnosticsReport } from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letPass } from "../support/connect.ts";
import { newDeployment } from "../support/deployment.ts";
import { eventually } from "../support/eventually.ts";
import { ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { plannedReads } from "./planned-reads.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, toldTypes } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

beforeEach(async () => {
  await openShop();
  await untilAtRest();
});
afterEach(() => {
  vi.useRealTimers();
});

const payForMug = (): Promise<Response> => pay({ publishable_key: KEY, product: "mug" });
const repair = (): Promise<DiagnosticsRepair> => answerAsServer("POST", "diagnostics/repair");

describe("a client that Qonto rejected and accepts again", () => {
  beforeEach(async () => {
    await letPass(61);
    await control("PUT", "behaviour", { oauth_client: "invalid" });
    expect((await errorOf(await payForMug())).code).toBe("misconfigured");
    await control("PUT", "behaviour", { oauth_client: "valid" });
    expect((await errorOf(await payForMug())).code).toBe("misconfigured");
  });

  it("serves a merchant again after a repair, at least a minute after the last try", async () => {
    await letPass(2);
    expect((await repair()).scheduled).toContain("oauth_client");
    await ringAlarm();
    await eventually(async () =>
      expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]),
    );
    await checkoutFor({ product: "mug" });
  });

  it("has its end announced to the operator with when merchants go on", async () => {
    const { checks } = await (await newDeployment()()).json<DeploymentReport>();
    expect(checks[0]).toMatchObject({ name: "oauth", status: "ok" });
    expect(checks[0]?.message).toContain("15 minutes");
    expect(checks[0]?.message).toContain("POST /v1/diagnostics/repair");
  });
});

it("a loop of repairs causes one try a minute while Qonto rejects the client", async () => {
  await letPass(61);
  await control("PUT", "behaviour", { oauth_client: "invalid" });
  await payForMug();
  for (let time = 0; time < 10; time += 1) {
    await repair();
    await ringAlarm();
  }
  expect(await callsOf("createToken")).toHaveLength(1);
  await letPass(2);
  for (let time = 0; time < 10; time += 1) {
    await repair();
    await ringAlarm();
  }
  expect(await callsOf("createToken")).toHaveLength(2);
  const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
  expect(checks.find(({ name }) => name === "oauth_client")).toMatchObject({ status: "failing" });
});

it("a repair tests again whether Qonto accepts a merchant's tokens", async () => {
  for (const operation of ["createPaymentLink", "getOrganization", "listPaymentLinks"]) {
    await breakOperation(operation, { status: 401, times: 0 });
  }
  await payForMug();
  await control("DELETE", "faults");
  await payForMug();
  expect(await toldTypes()).toEqual(["authorization.action_required"]);
  await letPass(2);
  expect((await repair()).scheduled).toContain("consent");
  await ringAlarm();
  await eventually(async () =>
    expect(await toldTypes()).toEqual(["authorization.action_required", "authorization.granted"]),
  );
  await checkoutFor({ product: "mug" });
});

/** An authorization whose tokens Qonto rejected, and accepts again. */
async function suspendAuthorization(): Promise<void> {
  for (const operation of ["createPaymentLink", "getPaymentLink", "getOrganization", "listPaymentLinks"]) {
    await breakOperation(operation, { status: 401, times: 0 });
  }
  await payForMug();
  await control("DELETE", "faults");
  await payForMug();
  expect(await toldTypes()).toEqual(["authorization.action_required"]);
}

describe("open checkouts of a suspended authorization", () => {
  beforeEach(async () => {
    for (let count = 0; count < 8; count += 1) await checkoutFor({ product: "mug" });
    await untilAtRest();
    await suspendAuthorization();
    await letPass(2);
  });

  it("are read by the alarm that ends the suspension after a repair", async () => {
    await repair();
    await ringAlarm();
    await eventually(async () =>
      expect(new Set((await callsOf("getPaymentLink")).map(({ path }) => path)).size).toBe(8),
    );
    expect(await toldTypes()).toEqual(["authorization.action_required", "authorization.granted"]);
    for (const time of await plannedReads()) expect(time).toBeLessThan(Date.now() + 10 * 60_000);
  });

  it("are not scheduled by a repair while the suspension lasts", async () => {
    // The alarm has met the suspension: the reads wait for its next try.
    await ringAlarm();
    const before = await plannedReads();
    expect(before[0]).toBeGreaterThan(Date.now());
    await repair();
    expect(await plannedReads()).toEqual(before);
  });
});

it("a repair where nothing is suspended names nothing of it", async () => {
  expect((await repair()).scheduled).toEqual(["connection", "payment_methods", "webhook_subscription", "late_reads"]);
});
