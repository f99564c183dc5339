import { env, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import type { Env } from "../../src/context/env.ts";
import worker from "../../src/index.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { countObjectCalls } from "../support/object-calls.ts";
import { callsToQonto, control } from "../support/sandbox.ts";
import { KEY, openShop, SHOP, WORKER } from "../support/shop.ts";

const ENV = env as unknown as Env;

afterEach(() => {
  vi.restoreAllMocks();
});

function click(bindings: Env): Promise<Response> {
  const request = new Request(`${WORKER}/v1/checkouts`, {
    method: "POST",
    headers: { "Content-Type": "text/plain;charset=UTF-8", Origin: SHOP },
    body: JSON.stringify({ publishable_key: KEY, product: "mug" }),
  });
  return worker.fetch(request as Parameters<typeof worker.fetch>[0], bindings);
}

it("a click causes one call of the merchant's object and one of Qonto", async () => {
  await openShop();
  await control("DELETE", "journal");
  const { bindings, called } = countObjectCalls();
  const response = await click(bindings);
  expect(response.status).toBe(201);
  expect(called).toEqual(["createCheckout"]);
  expect((await callsToQonto()).map(({ operation }) => operation)).toEqual(["createPaymentLink"]);
});

it("a click causes at most 12 statements, and no read of an alarm that is early enough", async () => {
  await openShop();
  expect((await click(ENV)).status).toBe(201);
  const { statements, alarms } = await runInDurableObject(merchantObject(), (_object, { storage }) => {
    // Both belong to the runtime, so a replacement in their prototypes also affects the merchant's object.
    const database = Object.getPrototypeOf(storage.sql) as SqlStorage;
    const alarm = Object.getPrototypeOf(storage) as DurableObjectStorage;
    return {
      statements: vi.spyOn(database, "exec"),
      alarms: [vi.spyOn(alarm, "getAlarm"), vi.spyOn(alarm, "setAlarm")],
    };
  });
  expect((await click(ENV)).status).toBe(201);
  expect(statements.mock.calls.length).toBeGreaterThan(5);
  expect(statements.mock.calls.length).toBeLessThanOrEqual(12);
  expect(alarms.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
});
