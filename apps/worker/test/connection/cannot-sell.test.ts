import type { DiagnosticsCheckName, DiagnosticsCheckOf, DiagnosticsReport } from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { connectMerchant } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase, ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents } from "../support/server.ts";
import { checkoutFor, closeShops, errorOf, KEY, openShop, pay, SHOP } from "../support/shop.ts";
import { connectionEvent, deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const NEUTRAL = { code: "merchant_not_connected", message: "This shop can't take payments at the moment." };

/** Creates a checkout over 12.00 from the merchant's server. */
function serverCheckout(key?: string): Promise<Response> {
  const price = { value: "12.00", currency: "EUR" };
  const items = [{ title: "Poster", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" }];
  return callAsServer("POST", "checkouts", { body: { items }, ...(key === undefined ? {} : { key }) });
}

/** Creates a link from items in Qonto's own format. */
function serverLink(): Promise<Response> {
  const item = { title: "Poster", quantity: 1, unit_price: { value: "10.00", currency: "EUR" }, vat_rate: "20" };
  const payment_link = { items: [item], potential_payment_methods: ["credit_card"], reusable: false };
  return callAsServer("POST", "payment_links", { body: { payment_link } });
}

async function checkOf<Name extends DiagnosticsCheckName>(name: Name): Promise<DiagnosticsCheckOf<Name> | undefined> {
  const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
  return checks.find((check) => check.name === name) as DiagnosticsCheckOf<Name> | undefined;
}

/** Returns the merchant's events about the connection. */
async function connections(): Promise<readonly unknown[]> {
  const events = await toldEvents();
  return events.filter(({ type }) => type === "connection.changed").map(({ data }) => data.connection);
}

describe("a merchant without any payment method", () => {
  beforeEach(async () => {
    await control("PUT", "payment_methods", { enabled: [] });
    await deliverEvent(connectionEvent("connection_enabled"));
    await ringAlarm();
  });

  it("causes a specific error with a remediation for the server, and a neutral one for shoppers", async () => {
    expect(await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).toMatchObject(NEUTRAL);
    const response = await serverCheckout();
    expect(response.status).toBe(409);
    const { code, message } = await errorOf(response);
    expect(code).toBe("no_payment_methods");
    expect(message).toContain("POST /v1/diagnostics/repair");
    expect((await errorOf(await serverLink())).code).toBe("no_payment_methods");
  });
});

describe("an amount for which Qonto listed no method", () => {
  beforeEach(async () => {
    const limits = { credit_card: { max: "1.00" } };
    await control("PUT", "payment_methods", { enabled: ["credit_card"], limits });
    await deliverEvent(connectionEvent("connection_enabled"));
    await ringAlarm();
    // Qonto rejects the amount, and the alarm reads the methods for it.
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () =>
      expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("amount_out_of_range"),
    );
    await untilAtRest();
  });

  it("is accepted again after a repair", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card"] });
    await answerAsServer("POST", "diagnostics/repair");
    await checkoutFor({ product: "mug" });
  });

  it("is accepted again after the list of methods has changed", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card", "ideal"] });
    await deliverEvent(connectionEvent("connection_enabled"));
    await ringAlarm();
    await checkoutFor({ product: "mug" });
  });
});

describe("methods that were disabled while a checkout was opened", () => {
  it("block no amount once they are enabled again", async () => {
    await control("PUT", "payment_methods", { enabled: [] });
    await pay({ publishable_key: KEY, product: "mug" });
    await ringAlarm();
    await untilAtRest();
    await control("PUT", "payment_methods", { enabled: ["credit_card", "apple_pay"] });
    await checkoutFor({ product: "mug" });
  });
});

describe("an organization without payment links", () => {
  const NOT_ACTIVATED = "payment_links_not_activated";

  beforeEach(async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
  });

  it("causes the same code for every call of the server, from the first on, and a neutral one for shoppers", async () => {
    for (const response of [await serverCheckout(), await serverCheckout(), await serverLink()]) {
      expect(response.status).toBe(409);
      const { code, message } = await errorOf(response);
      expect({ code, message }).toEqual({ code: NOT_ACTIVATED, message: expect.stringContaining("deeplinks") });
    }
    for (const path of ["connection", "payment_links", "payment_methods"]) {
      expect((await errorOf(await callAsServer("GET", path))).code).toBe(NOT_ACTIVATED);
    }
    expect(await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).toMatchObject(NEUTRAL);
  });

  it("causes the neutral error for the first shopper, who waits for one call, and soon no call at all", async () => {
    await control("DELETE", "journal");
    await breakOperation("listPaymentLinks", { status: 404, delay_ms: 3_000 });
    expect(await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).toMatchObject(NEUTRAL);
    const answered = (await callsToQonto()).filter(({ status }) => status !== null);
    expect(answered.map(({ operation }) => operation)).not.toContain("listPaymentLinks");
    await eventually(async () => expect(await connections()).toEqual([{ status: "not_connected", activated: false }]));
    const made = (await callsOf("createPaymentLink")).length;
    await pay({ publishable_key: KEY, product: "mug" });
    expect(await callsOf("createPaymentLink")).toHaveLength(made);
  });

  it("is distinguished from a merchant who never connected, by the event", async () => {
    await serverCheckout();
    expect(await connections()).toEqual([{ status: "not_connected", activated: false }]);
    await control("PUT", "connection", { status: null });
    await control("PUT", "behaviour", { payment_links_feature: "available" });
    await answerAsServer("POST", "diagnostics/repair");
    const both = [
      { status: "not_connected", activated: false },
      { status: "not_connected", activated: true },
    ];
    await eventually(async () => expect(await connections()).toEqual(both));
  });

  it("is not reported as a problem of the deployment's settings", async () => {
    const methods = await checkOf("payment_methods");
    expect(methods).toMatchObject({ status: "failing" });
    expect(methods?.remediation).not.toContain("QONTO_");
    expect(methods?.remediation).toContain("`connection`");
    const connection = await checkOf("connection");
    expect(connection?.remediation).toContain("POST /v1/diagnostics/repair");
    expect(connection?.remediation).not.toContain("opens the connect link again");
  });
});

it("answers of 404 that were a mistake stop an enabled merchant until the next alarm only", async () => {
  await untilAtRest();
  for (const operation of ["createPaymentLink", "listPaymentLinks"]) await breakOperation(operation, { status: 404 });
  expect((await errorOf(await serverCheckout())).code).toBe("payment_links_not_activated");
  await untilAtRest();
  await checkoutFor({ product: "mug" });
});

it("a method list that was not found by mistake stops an enabled merchant until the next alarm only", async () => {
  await untilAtRest();
  await changeDatabase(({ sql }) => {
    sql.exec("UPDATE settings SET value = '[]' WHERE name = 'payment_methods'");
  });
  for (const operation of ["listPaymentMethods", "listPaymentLinks"]) await breakOperation(operation, { status: 404 });
  expect((await errorOf(await serverCheckout())).code).toBe("payment_links_not_activated");
  await untilAtRest();
  await checkoutFor({ product: "mug" });
});

it("a merchant learns that its organization has no payment links", async () => {
  await closeShops();
  await control("PUT", "behaviour", { payment_links_feature: "missing" });
  const { secret_key } = await connectMerchant("demo", [SHOP]);
  expect((await errorOf(await serverCheckout(secret_key))).code).toBe("payment_links_not_activated");
  const { data: events } = await answerAsServer<{ data: readonly unknown[] }>("GET", "events", { key: secret_key });
  expect(events).toMatchObject([
    { type: "authorization.granted" },
    { type: "connection.changed", data: { connection: { status: "not_connected", activated: false } } },
  ]);
});
