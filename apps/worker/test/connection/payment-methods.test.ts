import { runInDurableObject } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import type { MethodsForAmount } from "../../src/storage/settings.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase, merchantObject, ringAlarmAfter, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";
import { connectionEvent, deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);

describe("the payment methods", () => {
  it("for an amount that Qonto rejected are read by the alarm, never while a shopper waits", async () => {
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

  it("for an amount are sent to Qonto, and without any, the amount is out of range", async () => {
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

  it("for an amount do not block a shopper if an empty list is some minutes old: Qonto decides", async () => {
    await setMethodsFor("13.30", [], Date.now() - 6 * 60_000);
    await checkoutFor({ product: "mug" });
  });

  it("for other amounts are read although Qonto rejects one", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await storeMethods(["99999999999999.00", "20.00", "30.00"].map((value) => methodsFor(value, null)));
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    const read = (await storedMethods()).filter(({ enabled }) => enabled !== null);
    expect(read.map(({ amount }) => amount.value).toSorted()).toEqual(["20.00", "30.00"]);
  });

  it("for an amount that Qonto never answers do not block the reads for later amounts", async () => {
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    const amounts = ["10.00", "20.00", "30.00"];
    await storeMethods(amounts.map((value) => methodsFor(value, null)));
    await failReadsOfMethodsAfter(1);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    // One read and its two retries: while Qonto does not answer, the other amounts are not requested.
    expect(await queriesOfAmounts()).toEqual(Array.from({ length: 3 }, () => "amount=10.00&currency=EUR"));

    await control("DELETE", "faults");
    await failReadsOfMethodsAfter(3);
    await ringAlarmAfter(24 * 3_600_000 + 11 * 60_000);
    const read = (await storedMethods()).filter(({ enabled }) => enabled !== null);
    expect(read.map(({ amount }) => amount.value).toSorted()).toEqual(["20.00", "30.00"]);
    expect((await queriesOfAmounts()).at(-1)).toBe("amount=10.00&currency=EUR");
  });

  it("for an amount that Qonto last rejected 31 days ago are no longer read", async () => {
    const refusedAt = Date.now() - 30 * 24 * 3_600_000;
    await deliverEvent(connectionEvent("connection_enabled"));
    await untilAtRest();
    await storeMethods([{ ...methodsFor("10.00", ["credit_card"]), refusedAt }, methodsFor("20.00", ["credit_card"])]);
    await ringAlarmAfter(24 * 3_600_000 + 1_000);
    expect((await storedMethods()).map(({ amount }) => amount.value)).toEqual(["20.00"]);
    expect(await queriesOfAmounts()).toEqual(["amount=20.00&currency=EUR"]);
  });

  it("for a newly rejected amount are read alone: the other amounts wait for the daily read", async () => {
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

  it("that this version does not know do not block a merchant: Qonto decides about them", async () => {
    await changeSettings("payment_methods", ["bank_transfer"]);
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("qonto_refused");
    expect((await callsOf("createPaymentLink"))[0]?.body).toMatchObject({
      payment_link: { potential_payment_methods: ["bank_transfer"] },
    });
  });

  it("can be read for an amount with a secret key", async () => {
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

/** Makes Qonto answer this many reads of payment methods, and none after them. */
async function failReadsOfMethodsAfter(answered: number): Promise<void> {
  await breakOperation("listPaymentMethods", { extra_fields: true, times: answered });
  await breakOperation("listPaymentMethods", { status: 503, times: 0 });
}

/** Stores a setting of the merchant, once its alarm has nothing to do. */
async function changeSettings(name: string, value: unknown): Promise<void> {
  await untilAtRest();
  await changeDatabase(({ sql }) => {
    const text = JSON.stringify(value);
    sql.exec("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", name, text);
  });
}
