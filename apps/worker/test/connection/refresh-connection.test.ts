import { oneConnectionSchema } from "@qonto-pay/core/qonto.schema";
import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { rejectedField } from "../../src/connection/provider-connection.ts";
import { QontoError } from "../../src/qonto/qonto-error.ts";
import type { MethodsForAmount } from "../../src/storage/settings.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject, ringAlarm, ringAlarmAfter, untilAtRest } from "../support/merchant-object.ts";
import { breakOperation, callsOf, callsToQonto, control } from "../support/sandbox.ts";
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
  it("stops minting with a clear code and without a call, and enabling it again starts it", async () => {
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

  it("is not believed of a webhook alone", async () => {
    await deliverEvent(connectionEvent("connection_revoked"));
    await eventually(async () => expect(await callsOf("getConnection")).toHaveLength(1));
    await checkoutFor({ product: "mug" });
    expect(await toldStatuses()).toEqual([]);
  });

  it("is found by Qonto's refusal, and its return by the alarm, when no webhook comes", async () => {
    await control("PUT", "connection", { status: "not_connected" });
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    await control("PUT", "connection", { status: "enabled" });
    await ringAlarmAfter(11 * 60_000);
    expect(await toldStatuses()).toEqual(["not_connected", "enabled"]);
    await checkoutFor({ product: "mug" });
  });

  it("is noticed within a day although nobody pays and no webhook comes", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await control("PUT", "connection", { status: "disabled" });
    await ringAlarm();
    expect(await toldStatuses()).toEqual([]);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect(await toldStatuses()).toEqual(["disabled"]);
  });
});

describe("the connection by secret key", () => {
  it("is read and made in Qonto's own words", async () => {
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
  ])("is refused before Qonto is asked where %s is %j", async (param, value) => {
    const response = await callAsServer("POST", "connection", { body: { ...CONNECTION, [param]: value } });
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
    expect(await callsOf("createConnection")).toHaveLength(0);
  });
});

describe("an organization without payment links", () => {
  const ACTIVATION = "https://app.qonto.com/deeplinks?action=payment_links.activate";

  it("is distinguished from one that has not connected yet, by the link that switches them on", async () => {
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

  it("is found by a click, and costs the next one no call", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    await control("DELETE", "journal");
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toEqual([]);
  });

  it("sells once they are switched on, without a webhook", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    await control("PUT", "behaviour", { payment_links_feature: "available" });
    await ringAlarmAfter(11 * 60_000);
    await checkoutFor({ product: "mug" });
  });
});

describe("a connection of which Qonto tells its status alone", () => {
  it.each(["enabled", "pending", "disabled", "not_connected"])("%s is known", async (status) => {
    await control("PUT", "behaviour", { connection_answer: "status_only" });
    await control("PUT", "connection", { status });
    expect(await answerAsServer("GET", "connection")).toEqual({ status, needs_reconnect: null });
  });

  it("that is pending for days stays known, and is taken up once it is enabled", async () => {
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

describe("what Qonto answers of a connection", () => {
  it.each([
    ["bare", { status: "enabled" }],
    ["in an envelope", { connection: { status: "enabled", bank_account_id: null } }],
    ["with more than is known", { status: "enabled", connection_location: "https://provider.example", kyc: {} }],
  ])("is read %s", (_name, answer) => {
    expect(oneConnectionSchema.parse(answer).status).toBe("enabled");
  });
});

describe("addresses that only this machine knows", () => {
  it.each([
    ["partner_callback_url", { partner_callback_url: "http://localhost:8787/connect/demo" }],
    ["partner_callback_url", { partner_callback_url: "https://127.0.0.1/connect/demo" }],
    ["user_website_url", { user_website_url: "https://127.0.0.1/shop" }],
  ])("are named where Qonto rejects them: %s", async (param, change) => {
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

describe("the payment methods", () => {
  it("of an amount that Qonto refused are read by the alarm, and never while a shopper waits", async () => {
    await control("PUT", "payment_methods", {
      enabled: ["credit_card", "paypal"],
      limits: { paypal: { max: "10.00" } },
    });
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await control("DELETE", "journal");
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("qonto_refused");
    await eventually(async () =>
      expect((await callsOf("listPaymentMethods")).map(({ query }) => query)).toEqual([
        "",
        "amount=13.30&currency=EUR",
      ]),
    );
    await untilAtRest();
    await control("DELETE", "journal");
    await checkoutFor({ product: "mug" });
    expect(await callsToQonto()).toMatchObject([
      { operation: "createPaymentLink", body: { payment_link: { potential_payment_methods: ["credit_card"] } } },
    ]);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect((await callsOf("listPaymentMethods")).map(({ query }) => query)).toContain("amount=13.30&currency=EUR");
  });

  it("for an amount are the ones that are sent, and where there is none the amount is out of range", async () => {
    await setMethodsFor("13.30", ["paypal"]);
    await checkoutFor({ product: "mug" });
    expect((await callsOf("createPaymentLink"))[0]?.body).toMatchObject({
      payment_link: { potential_payment_methods: ["paypal"] },
    });
    await setMethodsFor("13.30", []);
    await control("DELETE", "journal");
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("amount_out_of_range");
    expect(await callsToQonto()).toEqual([]);
  });

  it("that were read as none for an amount minutes ago do not refuse a shopper without asking Qonto", async () => {
    await setMethodsFor("13.30", [], Date.now() - 6 * 60_000);
    await checkoutFor({ product: "mug" });
  });

  it("of other amounts are read although Qonto rejects one", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await storeMethods(["99999999999999.00", "20.00", "30.00"].map((value) => methodsFor(value, null)));
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    const read = (await storedMethods()).filter(({ enabled }) => enabled !== null);
    expect(read.map(({ amount }) => amount.value).toSorted()).toEqual(["20.00", "30.00"]);
  });

  it("of an amount that Qonto never answers do not keep those of the amounts behind it from being read", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    const amounts = ["10.00", "20.00", "30.00"];
    await storeMethods(amounts.map((value) => methodsFor(value, null)));
    await failReadsOfMethodsAfter(1);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    // One read and the two that repeat it: while Qonto does not answer, the other amounts are not requested.
    expect(await queriesOfAmounts()).toEqual(Array.from({ length: 3 }, () => "amount=10.00&currency=EUR"));

    await control("DELETE", "faults");
    await failReadsOfMethodsAfter(3);
    await ringAlarmAfter(24 * 3_600_000 + 11 * 60_000);
    const read = (await storedMethods()).filter(({ enabled }) => enabled !== null);
    expect(read.map(({ amount }) => amount.value).toSorted()).toEqual(["20.00", "30.00"]);
    expect((await queriesOfAmounts()).at(-1)).toBe("amount=10.00&currency=EUR");
  });

  it("of an amount that Qonto last refused 31 days ago are no longer read", async () => {
    const refusedAt = Date.now() - 30 * 24 * 3_600_000;
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await storeMethods([{ ...methodsFor("10.00", ["credit_card"]), refusedAt }, methodsFor("20.00", ["credit_card"])]);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect((await storedMethods()).map(({ amount }) => amount.value)).toEqual(["20.00"]);
    expect(await queriesOfAmounts()).toEqual(["amount=20.00&currency=EUR"]);
  });

  it("of an amount that Qonto refused are read alone: the other amounts wait for the day", async () => {
    const others = ["20.00", "30.00"].map((value) => methodsFor(value, ["credit_card"]));
    await storeMethods(others);
    await breakOperation("createPaymentLink", { status: 400 });
    await pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await queriesOfAmounts()).not.toEqual([]));
    await untilAtRest();
    expect(await queriesOfAmounts()).toEqual(["amount=13.30&currency=EUR"]);
    await control("DELETE", "journal");
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect((await queriesOfAmounts()).toSorted()).toEqual(
      ["13.30", "20.00", "30.00"].map((value) => `amount=${value}&currency=EUR`),
    );
  });

  it("that this version does not know do not make a merchant unconnected: Qonto decides about them", async () => {
    await changeSettings("payment_methods", ["bank_transfer"]);
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("qonto_refused");
    expect((await callsOf("createPaymentLink"))[0]?.body).toMatchObject({
      payment_link: { potential_payment_methods: ["bank_transfer"] },
    });
  });

  it("are read for an amount with a secret key", async () => {
    await answerAsServer("GET", "payment_methods?amount=12.00&currency=EUR");
    expect((await callsOf("listPaymentMethods")).at(-1)?.query).toBe("amount=12.00&currency=EUR");
    const response = await callAsServer("GET", "payment_methods?amount=12.00");
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "amount" });
  });
});

function methodsFor(value: string, enabled: readonly string[] | null, readAt = Date.now()): MethodsForAmount {
  return { amount: { value, currency: "EUR" }, enabled, refusedAt: Date.now(), readAt };
}

function setMethodsFor(value: string, enabled: readonly string[], readAt = Date.now()): Promise<void> {
  return storeMethods([methodsFor(value, enabled, readAt)]);
}

function storeMethods(entries: readonly MethodsForAmount[]): Promise<void> {
  return changeSettings("payment_methods_by_amount", entries);
}

function storedMethods(): Promise<readonly MethodsForAmount[]> {
  return runInDurableObject(merchantObject(), (_object, { storage }) => {
    const { value } = storage.sql
      .exec<{ value: string }>("SELECT value FROM settings WHERE name = 'payment_methods_by_amount'")
      .one();
    return JSON.parse(value) as readonly MethodsForAmount[];
  });
}

async function queriesOfAmounts(): Promise<readonly string[]> {
  return (await callsOf("listPaymentMethods")).map(({ query }) => query).filter((query) => query !== "");
}

/** Has Qonto answer this many reads of payment methods, and none after them. */
async function failReadsOfMethodsAfter(answered: number): Promise<void> {
  await breakOperation("listPaymentMethods", { extra_fields: true, times: answered });
  await breakOperation("listPaymentMethods", { status: 503, times: 0 });
}

/** As the alarm has stored it. */
async function changeSettings(name: string, value: unknown): Promise<void> {
  await untilAtRest();
  await runInDurableObject(merchantObject(), (_object, state) => {
    const text = JSON.stringify(value);
    state.storage.sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, text);
  });
}
