import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { moveClock, ringAlarm, ringAlarmAfter } from "../support/object/merchant-object.ts";
import { OFFERED } from "../support/offer.ts";
import { breakOperation, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout, toldTypes } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";

const HOUR = 3_600_000;
const CALL = { body: { items: OFFERED.items }, idempotencyKey: "order-00001" };

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

async function listed(status: string): Promise<readonly ServerCheckout[]> {
  return (await answerAsServer<{ data: readonly ServerCheckout[] }>("GET", `checkouts?status=${status}`)).data;
}

it("a checkout whose link was rejected is open for a day, in which the same call creates it", async () => {
  await breakOperation("createPaymentLink", { status: 422 });
  expect((await callAsServer("POST", "checkouts", CALL)).status).toBe(502);
  await ringAlarmAfter(23 * HOUR);
  expect(await listed("open")).toMatchObject([{ url: null }]);
  await moveClock(23 * HOUR);
  const created = await answerAsServer<ServerCheckout>("POST", "checkouts", CALL);
  vi.setSystemTime(Date.now() + 2 * HOUR);
  for (let ring = 0; ring < 3; ring += 1) await ringAlarm();
  expect(await listed("open")).toMatchObject([{ id: created.id, url: created.url }]);
  expect(await toldTypes()).toEqual([]);
});

it("a checkout whose link was rejected has expired after a day, and is deleted", async () => {
  await breakOperation("createPaymentLink", { status: 422 });
  await callAsServer("POST", "checkouts", CALL);
  const [{ id } = { id: "" }] = await listed("open");
  await moveClock(24 * HOUR + 1_000);
  await ringAlarm();
  for (const status of ["open", "expired"]) expect(await listed(status)).toEqual([]);
  expect((await errorOf(await callAsServer("GET", `checkouts/${id}`))).code).toBe("checkout_not_found");
  expect(await toldTypes()).toEqual(["checkout.expired"]);
  // The key is also kept for a day, so this is another attempt.
  expect((await callAsServer("POST", "checkouts", CALL)).status).toBe(201);
});

it("a checkout whose create call had no answer is open until its link is known not to exist", async () => {
  await breakOperation("createPaymentLink", { drop: true, when: "before", times: 2 });
  await breakOperation("listPaymentLinks", { status: 500, times: 0 });
  expect((await errorOf(await callAsServer("POST", "checkouts", CALL))).code).toBe("qonto_unavailable");
  await moveClock(25 * HOUR);
  await ringAlarm();
  expect(await listed("open")).toHaveLength(1);
  expect(await toldTypes()).toEqual([]);
});

it("a checkout that was not opened because its order is being paid also expires, and its link is deactivated", async () => {
  const body = { items: OFFERED.items, reference: "ORDER-1" };
  await answerAsServer("POST", "checkouts", { body });
  await breakOperation("deactivatePaymentLink", { status: 400 });
  expect((await callAsServer("POST", "checkouts", { body: { ...body, metadata: { cart: "new" } } })).status).toBe(409);
  await eventually(async () => {
    expect((await linksAtQonto()).filter(({ status }) => status === "open")).toHaveLength(1);
  });
  expect(await listed("open")).toHaveLength(2);
  await moveClock(24 * HOUR + 1_000);
  await ringAlarm();
  expect(await listed("open")).toHaveLength(1);
});
