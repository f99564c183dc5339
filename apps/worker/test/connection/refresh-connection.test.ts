import { oneConnectionSchema } from "@qonto-pay/core/qonto.schema";
import { beforeEach, describe, expect, it } from "vitest";
import { rejectedField } from "../../src/connection/provider-connection.ts";
import { QontoError } from "../../src/qonto/qonto-error.ts";
import { eventually } from "../support/eventually.ts";
import { ringAlarm, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import { callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";
import { connectionEvent, deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);

const BANK_ACCOUNT = "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04";

const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: BANK_ACCOUNT,
  user_phone_number: "+33612345678",
  user_website_url: "https://shop.example",
  business_description: "We throw, glaze and fire stoneware by hand and sell it from our own workshop by the sea.",
};

async function toldStatuses(): Promise<readonly (string | undefined)[]> {
  return (await toldEvents()).map((event) => event.data.connection?.status);
}

describe("a connection that is revoked", () => {
  it("stops new checkouts with a clear code and without a call, until it is enabled again", async () => {
    await control("PUT", "connection", { status: "disabled" });
    await deliverEvent(connectionEvent("connection_revoked"));
    await eventually(async () => expect(await toldStatuses()).toEqual(["disabled"]));
    const refused = await pay({ publishable_key: KEY, product: "mug" });
    expect(refused.status).toBe(503);
    expect((await errorOf(refused)).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toHaveLength(0);

    await control("PUT", "connection", { status: "enabled" });
    await deliverEvent(connectionEvent("connection_enabled"));
    await eventually(async () => expect(await toldStatuses()).toEqual(["disabled", "enabled"]));
    await checkoutFor({ product: "mug" });
  });

  it("is not accepted from a webhook alone", async () => {
    await deliverEvent(connectionEvent("connection_revoked"));
    await eventually(async () => expect(await callsOf("getConnection")).toHaveLength(1));
    await checkoutFor({ product: "mug" });
    expect(await toldStatuses()).toEqual([]);
  });

  it("is noticed by Qonto's rejection, and its return by the alarm, if no webhook arrives", async () => {
    await control("PUT", "connection", { status: "not_connected" });
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    await control("PUT", "connection", { status: "enabled" });
    await ringAlarmAfter(11 * 60_000);
    expect(await toldStatuses()).toEqual(["not_connected", "enabled"]);
    await checkoutFor({ product: "mug" });
  });

  it("is noticed within a day without shoppers and webhooks", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await control("PUT", "connection", { status: "disabled" });
    await ringAlarm();
    expect(await toldStatuses()).toEqual([]);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect(await toldStatuses()).toEqual(["disabled"]);
  });
});

describe("the connection with a secret key", () => {
  it("is read and created in Qonto's own format", async () => {
    await control("PUT", "connection", { status: null });
    expect((await errorOf(await callAsServer("GET", "connection"))).code).toBe("connection_not_found");
    const made = await callAsServer("POST", "connection", { body: CONNECTION });
    expect(made.status).toBe(201);
    const connection = { status: "not_connected", bank_account_id: BANK_ACCOUNT, needs_reconnect: null };
    expect(await made.json()).toMatchObject(connection);
    expect(await answerAsServer("GET", "connection")).toMatchObject(connection);
    const second = await callAsServer("POST", "connection", { body: CONNECTION });
    expect(second.status).toBe(409);
    expect((await errorOf(second)).code).toBe("multiple_connections_not_allowed");
  });

  it.each([
    ["user_phone_number", "0612345678"],
    ["user_website_url", "shop.example"],
    ["user_website_url", "https://me@shop.example"],
    ["user_website_url", `https://shop.example/${"a".repeat(256)}`],
    ["business_description", "Too short."],
    ["partner_callback_url", "shop.example"],
    ["user_bank_account_id", ""],
    ["user_name", "John"],
  ])("is rejected without a call to Qonto if %s is %j", async (param, value) => {
    const response = await callAsServer("POST", "connection", { body: { ...CONNECTION, [param]: value } });
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
    expect(await callsOf("createConnection")).toHaveLength(0);
  });
});

describe("an organization without payment links", () => {
  const ACTIVATION = "https://app.qonto.com/deeplinks?action=payment_links.activate";

  it("is distinguished from one that has not connected yet, by the link to activate them", async () => {
    await control("PUT", "connection", { status: null });
    expect((await errorOf(await callAsServer("GET", "connection"))).code).toBe("connection_not_found");
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    for (const [method, path, body] of [
      ["GET", "connection", undefined],
      ["POST", "connection", CONNECTION],
      ["GET", "payment_links", undefined],
      ["GET", "payment_methods", undefined],
    ] as const) {
      const response = await callAsServer(method, path, body === undefined ? {} : { body });
      expect(response.status).toBe(409);
      const { code, message } = await errorOf(response);
      expect(code).toBe("payment_links_not_activated");
      expect(message).toContain(ACTIVATION);
    }
  });

  it("is noticed by a click, and causes no call for the next one", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    await control("DELETE", "journal");
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toEqual([]);
  });

  it("takes payments once they are activated, without a webhook", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    await control("PUT", "behaviour", { payment_links_feature: "available" });
    await ringAlarmAfter(11 * 60_000);
    await checkoutFor({ product: "mug" });
  });
});

describe("a connection for which Qonto returns only a status", () => {
  it.each(["enabled", "pending", "disabled", "not_connected"])("is known as %s", async (status) => {
    await control("PUT", "behaviour", { connection_answer: "status_only" });
    await control("PUT", "connection", { status });
    expect(await answerAsServer("GET", "connection")).toEqual({ status, needs_reconnect: null });
  });

  it("is polled while it is pending for days, and used once it is enabled", async () => {
    await control("PUT", "behaviour", { connection_answer: "status_only", pending_methods: "none" });
    await control("PUT", "connection", { status: "pending" });
    await deliverEvent(connectionEvent("connection_revoked"));
    await eventually(async () => expect(await toldStatuses()).toEqual(["pending"]));
    for (const day of [1, 2, 3]) await ringAlarmAfter(day * 24 * 3_600_000);
    expect(await toldStatuses()).toEqual(["pending"]);
    await control("PUT", "connection", { status: "enabled" });
    await ringAlarmAfter(4 * 24 * 3_600_000);
    expect(await toldStatuses()).toEqual(["pending", "enabled"]);
    await checkoutFor({ product: "mug" });
  });
});

describe("Qonto's answer about a connection", () => {
  it.each([
    ["bare", { status: "enabled" }],
    ["in an envelope", { connection: { status: "enabled", bank_account_id: null } }],
    ["with unknown fields", { status: "enabled", connection_location: "https://provider.example", kyc: {} }],
  ])("is read %s", (_name, answer) => {
    expect(oneConnectionSchema.parse(answer).status).toBe("enabled");
  });
});

describe("loopback addresses", () => {
  it.each([
    ["partner_callback_url", { partner_callback_url: "http://localhost:8787/connect/demo" }],
    ["partner_callback_url", { partner_callback_url: "https://127.0.0.1/connect/demo" }],
    ["user_website_url", { user_website_url: "https://127.0.0.1/shop" }],
  ])("are named if Qonto rejects them: %s", async (param, change) => {
    await control("PUT", "connection", { status: null });
    await control("PUT", "behaviour", { callback_addresses: "public_only" });
    const response = await callAsServer("POST", "connection", { body: { ...CONNECTION, ...change } });
    expect(response.status).toBe(422);
    const { code, message, param: named } = await errorOf(response);
    expect([code, named]).toEqual(["invalid_request", param]);
    expect(message).toContain("localhost");
  });
});

describe("a field that Qonto rejects", () => {
  const body = { ...CONNECTION, partner_callback_url: "https://pay.example/connect/demo" };
  const refused = new QontoError("refused", "Qonto answered 400 to createConnection");

  it("is named by Qonto's error", () => {
    const fault = new QontoError("refused", "", { field: "user_phone_number" });
    expect(rejectedField(false, body, fault)).toBe("user_phone_number");
    expect(rejectedField(false, body, new QontoError("refused", "", { field: "constructor" }))).toBeNull();
  });

  it.each([
    ["partner_callback_url", "http://localhost:8787/connect/demo"],
    ["partner_callback_url", "http://pay.example/connect/demo"],
    ["user_website_url", "http://127.0.0.1/shop"],
  ] as const)("is %s where it is %s, which only this machine knows", (field, value) => {
    expect(rejectedField(false, { ...body, [field]: value }, refused)).toBe(field);
    expect(rejectedField(true, { ...body, [field]: value }, refused)).toBeNull();
  });

  it("is not guessed", () => {
    expect(rejectedField(false, body, refused)).toBeNull();
    expect(rejectedField(false, body, new QontoError("unavailable", "", { field: "user_phone_number" }))).toBeNull();
  });
});
