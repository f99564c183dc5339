import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer, anotherLink, begin, type Browser, BUSINESS } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { changeDatabase, merchantObject, ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import { openShop } from "../support/shop.ts";

afterEach(() => {
  vi.useRealTimers();
});

const CONNECTION = {
  partner_callback_url: "https://shop.example/connected",
  user_bank_account_id: BUSINESS.bank_account,
  user_phone_number: "+33612345678",
  user_website_url: BUSINESS.website,
  business_description: BUSINESS.description,
};

interface ConnectionAnswer {
  readonly connection_location?: string | null;
  readonly status: string;
}

const readConnection = (): Promise<ConnectionAnswer> => answerAsServer("GET", "connection");

async function connectionAdvice(): Promise<string | null | undefined> {
  const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
  return checks.find(({ name }) => name === "connection")?.remediation;
}

function storedSettings(): Promise<string> {
  return runInDurableObject(merchantObject(), (_object, { storage }) =>
    JSON.stringify(storage.sql.exec("SELECT * FROM settings").toArray()),
  );
}

describe("a connection for which Qonto later answers only a status", () => {
  let browser: Browser;
  beforeEach(async () => {
    await openShop();
    await control("PUT", "connection", { status: null });
    await control("PUT", "behaviour", { connection_answer: "status_only" });
    browser = await begin(await anotherLink());
  });

  const connectPage = async (): Promise<string> => (await browser.get("/connect/demo")).text();

  it("keeps its location, for the server, on the page and in the diagnostics", async () => {
    const made = await answerAsServer<ConnectionAnswer>("POST", "connection", { body: CONNECTION });
    expect(made.connection_location).toContain("/onboarding/");
    expect((await callAsServer("POST", "connection", { body: CONNECTION })).status).toBe(409);
    for (const status of ["not_connected", "pending"] as const) {
      await control("PUT", "connection", { status });
      expect(await readConnection()).toMatchObject({ status, connection_location: made.connection_location });
      const page = await connectPage();
      expect(page).toContain(`href="${made.connection_location}"`);
      expect(await connectionAdvice()).toContain("opens connection_location");
    }
  });

  it("keeps its location on the connect page while Qonto is not reachable", async () => {
    const location = (await browser.post("/connect/demo/connection", BUSINESS)).headers.get("Location") ?? "";
    expect(location).toContain("/onboarding/");
    expect(await connectPage()).toContain(`href="${location}"`);
    await breakOperation("getConnection", { status: 500, times: 0 });
    expect(await connectPage()).toContain(`href="${location}"`);
  });

  it("loses its location once it is enabled or the merchant was disconnected", async () => {
    await callAsServer("POST", "connection", { body: CONNECTION });
    expect(await storedSettings()).toContain("connection_location");
    await control("PUT", "connection", { status: "enabled" });
    expect((await readConnection()).connection_location ?? null).toBeNull();
    expect(await storedSettings()).not.toContain("connection_location");
    await control("PUT", "connection", { status: null });
    await callAsServer("POST", "connection", { body: CONNECTION });
    await administer("POST", "/v1/merchants/demo/disconnect");
    expect(await storedSettings()).not.toContain("connection_location");
  });

  it.each([
    ["createConnection", () => callAsServer("POST", "connection", { body: CONNECTION })],
    ["getConnection", () => callAsServer("GET", "connection")],
  ])("is not stored if the merchant was disconnected while Qonto answered %s", async (operation, call) => {
    await control("PUT", "behaviour", { connection_answer: "full" });
    if (operation === "getConnection") await control("PUT", "connection", { status: "pending" });
    await untilAtRest();
    await control("DELETE", "journal");
    await breakOperation(operation, { delay_ms: 1_500, when: "after" });
    const answer = call();
    await eventually(async () => expect(await callsOf(operation)).not.toEqual([]));
    expect((await administer("POST", "/v1/merchants/demo/disconnect")).status).toBe(200);
    await answer;
    expect(await storedSettings()).not.toMatch(/"connection"|connection_location/);
  });

  it("has its location encrypted at rest, under the present key", async () => {
    const { connection_location } = await answerAsServer<ConnectionAnswer>("POST", "connection", { body: CONNECTION });
    const stored = await storedSettings();
    expect(stored).not.toContain(connection_location);
    expect(stored).not.toContain("onboarding");
    const sealed = await sealedLocation();
    await changeDatabase(({ sql }) => {
      // Names another key than the present one, as after a rotation of `VAULT_KEY`.
      const other = sealed.replace(/^v2\.[^.]+/, "v2.another");
      sql.exec("UPDATE settings SET value = ? WHERE name = 'sealed_connection_location'", JSON.stringify(other));
    });
    await ringAlarm();
    // A location that can no longer be decrypted is dropped, and affects nothing else.
    expect((await readConnection()).status).toBe("not_connected");
  });

  it("that was created elsewhere has no location, and the diagnostics state where it is finished", async () => {
    await control("PUT", "connection", { status: "not_connected" });
    expect((await readConnection()).connection_location ?? null).toBeNull();
    const advice = await connectionAdvice();
    expect(advice).not.toContain("connection_location");
    expect(advice).toContain("Qonto's app");
  });
});

async function sealedLocation(): Promise<string> {
  return runInDurableObject(merchantObject(), (_object, { storage }) => {
    const { value } = storage.sql
      .exec<{ value: string }>("SELECT value FROM settings WHERE name = 'sealed_connection_location'")
      .one();
    return JSON.parse(value) as string;
  });
}
