import { runInDurableObject } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { exported, restoreOnce } from "../support/exported.ts";
import { merchantObject, ringAlarm } from "../support/object/merchant-object.ts";
import { payCheckout, syncCheckout } from "../support/paid-checkout.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ToldEvent } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

/** `STORAGE_LIMIT_BYTES` of the tests. */
const LIMIT = 100_000_000;

interface StorageEvent extends ToldEvent {
  readonly data: ToldEvent["data"] & { readonly storage?: { readonly threshold_percent: number } };
}

const POSTER = {
  title: "Poster",
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

beforeEach(openShop);

/** Fills the merchant's database to a percentage of the limit, or empties it to that. */
async function fill(percent: number): Promise<void> {
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    storage.sql.exec("DROP TABLE IF EXISTS filler; CREATE TABLE filler (data BLOB)");
    const missing = Math.ceil((LIMIT * percent) / 100) - storage.sql.databaseSize;
    for (let left = missing; left > 0; left -= 1_000_000) {
      storage.sql.exec("INSERT INTO filler VALUES (zeroblob(?))", Math.min(left, 1_000_000));
    }
  });
}

/** Returns the reported percentages. */
async function reported(): Promise<readonly (number | undefined)[]> {
  const { data } = await answerAsServer<{ data: readonly StorageEvent[] }>("GET", "events");
  return data
    .filter(({ type }) => type === "storage.almost_full")
    .map((event) => event.data.storage?.threshold_percent);
}

async function checkOfStorage(): Promise<unknown> {
  const { checks } = await answerAsServer<{ checks: readonly { readonly name: string }[] }>("GET", "diagnostics");
  return checks.find(({ name }) => name === "storage");
}

it("the storage is reported at each threshold, once, and again after it was emptied", async () => {
  expect(await checkOfStorage()).toMatchObject({ status: "ok", measured: { limit_bytes: LIMIT } });
  await ringAlarm();
  expect(await reported()).toEqual([]);
  for (const [percent, status, thresholds] of [
    [81, "warning", [80]],
    [89, "warning", [80]],
    [91, "failing", [80, 90]],
    [96, "failing", [80, 90, 95]],
    [88, "warning", [80, 90, 95]],
    [96, "failing", [80, 90, 95, 95]],
    [10, "ok", [80, 90, 95, 95]],
    [96, "failing", [80, 90, 95, 95, 95]],
  ] as const) {
    await fill(percent);
    await ringAlarm();
    await ringAlarm();
    expect(await reported()).toEqual(thresholds);
    expect(await checkOfStorage()).toMatchObject({ status });
  }
});

it("the reserve rejects new checkouts, and reports the payments of open ones", async () => {
  const create = (idempotencyKey: string) =>
    callAsServer("POST", "checkouts", { body: { items: [POSTER] }, idempotencyKey });
  expect((await create("an-order-of-the-shop-1")).status).toBe(201);
  const open = await openServerCheckout({ reference: "ORDER-1" });
  const lines = await exported();
  await fill(96);

  const rejected = [
    await create("an-order-of-the-shop-2"),
    await pay({ publishable_key: KEY, product: "mug" }),
    await restoreOnce(lines.slice(0, 1)),
  ];
  for (const response of rejected) {
    expect(response.status).toBe(503);
    expect((await errorOf(response)).code).toBe("storage_full");
  }
  expect((await create("an-order-of-the-shop-1")).status).toBe(201);

  await payCheckout(open);
  expect(await syncCheckout(open)).toMatchObject({ status: "paid", payment_count: 1 });
  const { data } = await answerAsServer<{ data: readonly ToldEvent[] }>("GET", "events");
  expect(data.map(({ type }) => type)).toContain("checkout.paid");
  expect((await exported()).at(-1)?.type).toBe("end");

  await fill(90);
  expect(await checkoutFor({ product: "mug" })).toMatchObject({ status: "open" });
});
