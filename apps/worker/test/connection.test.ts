import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "./support/eventually.ts";
import { ringAlarm, ringAlarmAfter, untilAtRest } from "./support/merchant-object.ts";
import { callsOf, control } from "./support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents } from "./support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "./support/shop.ts";
import { connectionEvent, deliverEvent } from "./support/webhook.ts";

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
    const refused = await pay({ key: KEY, product: "mug" });
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
    expect((await errorOf(await pay({ key: KEY, product: "mug" }))).code).toBe("qonto_refused");
    await eventually(async () => expect(await toldStatuses()).toEqual(["not_connected"]));
    expect((await errorOf(await pay({ key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
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
