import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letPass } from "../support/connect.ts";
import { limitCalls, storedLimits } from "./limits.ts";
import { merchantObject, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openMerchant, openShop, pay } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const payForMug = (): Promise<Response> => pay({ publishable_key: KEY, product: "mug" });

describe("Qonto's rate limits", () => {
  beforeEach(untilAtRest);

  it("leave room for shoppers: they can still pay when a server has used up its part", async () => {
    await limitCalls({ server: 0 });
    const refused = await callAsServer("GET", "payment_methods");
    expect((await errorOf(refused)).code).toBe("qonto_rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(5);
    expect(await callsOf("listPaymentMethods")).toEqual([]);
    await checkoutFor({ product: "mug" });
  });

  it("leave room for the server when a flood has used up the part of shoppers", async () => {
    await limitCalls({ shopper: 0 });
    expect((await errorOf(await payForMug())).code).toBe("qonto_rate_limited");
    expect((await callAsServer("GET", "payment_methods")).status).toBe(200);
  });

  it("survive a restart, at the cost of one write for 50 calls", async () => {
    const statements = await runInDurableObject(merchantObject(), (_object, { storage }) =>
      // It belongs to the runtime, so a replacement in its prototype also affects the merchant's object.
      vi.spyOn(Object.getPrototypeOf(storage.sql) as SqlStorage, "exec"),
    );
    const server = async (): Promise<void> => {
      for (let read = 0; read < 12; read += 1) expect((await callAsServer("GET", "payment_methods")).ok).toBe(true);
    };
    await Promise.all(Array.from({ length: 10 }, server));
    const writes = statements.mock.calls.filter(
      ([statement, name]) => statement.startsWith("INSERT") && name === "qonto_limits",
    );
    vi.restoreAllMocks();
    expect(writes).toHaveLength(2);
    const before = await storedLimits();
    await abortAllDurableObjects();
    expect((await callAsServer("GET", "payment_methods")).ok).toBe(true);
    expect(before?.left.common).toBeLessThan(3_250 - 90);
  });
});

describe("an answer of 429 to one merchant", () => {
  const OTHER = "pk_sandbox_other";
  const payOther = (): Promise<Response> => pay({ publishable_key: OTHER, product: "poster" });

  beforeEach(async () => {
    await openMerchant("other");
    await untilAtRest();
    await control("DELETE", "journal");
  });

  it("stops the calls of every merchant for as long as Qonto states, because Qonto counts them by address", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "30" } });
    expect((await errorOf(await payForMug())).code).toBe("qonto_rate_limited");
    const refused = await payOther();
    expect((await errorOf(refused)).code).toBe("qonto_rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(25);
    const { message } = await errorOf(await callAsServer("GET", "payment_methods"));
    expect(message).toContain("Qonto answered 429 to a merchant of this Worker instance");
    expect(await callsOf("createPaymentLink")).toHaveLength(1);
    await letPass(1);
    for (const response of [await payForMug(), await payOther()]) expect(response.status).toBe(201);
  });

  it("stops them for 10 minutes at most, regardless of what Qonto states", async () => {
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "999999999" } });
    expect(Number((await payForMug()).headers.get("Retry-After"))).toBe(600);
    await letPass(11);
    for (const response of [await payForMug(), await payOther()]) expect(response.status).toBe(201);
  });

  it("lets the other merchants take turns with the one whose calls are many", async () => {
    await breakOperation("createPaymentLink", { status: 429 });
    await payForMug();
    const many = Array.from({ length: 30 }, payForMug);
    const one = payOther();
    for (const response of await Promise.all([...many, one])) expect(response.status).toBe(201);
    const titles = (await callsOf("createPaymentLink")).map(({ body }) => JSON.stringify(body).includes("Poster"));
    // The first call was answered with 429.
    expect(titles.indexOf(true)).toBeLessThanOrEqual(6);
  });
});
