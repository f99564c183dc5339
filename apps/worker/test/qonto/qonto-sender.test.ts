import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { QontoSender } from "../../src/index.ts";
import { sendRequest } from "../../src/qonto/outgoing-request.ts";
import { ringUntil, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, linksAtQonto } from "../support/sandbox.ts";
import { resetShops, scriptShop, shopUrl } from "../support/shop-server.ts";
import { checkoutFor, type CreatedCheckout, errorOf, KEY, openShop, pay } from "../support/shop.ts";

beforeEach(openShop);
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await resetShops();
});

/** Long enough that more calls are under way than the object waits for itself, even on a busy machine. */
const SLOW_MS = 2_000;

/** Ends each invocation of the entry point after Qonto has executed its call. @returns the number of created links. */
function killSenders(): () => number {
  let killed = 0;
  vi.spyOn(QontoSender.prototype, "send").mockImplementation(async (...input) => {
    const answer = await sendRequest(...input);
    if (input[0].method === "POST" && answer?.status === 201) killed += 1;
    throw new Error("the invocation has ended");
  });
  return () => killed;
}

/** Waits until these are the links that shoppers can pay. */
function untilOpen(urls: readonly string[]): Promise<void> {
  return ringUntil(async () => {
    const open = (await linksAtQonto()).filter(({ status }) => status === "open");
    expect(open.map(({ url }) => url).toSorted()).toEqual(urls.toSorted());
  }, 61_000);
}

it("a link that Qonto created for an invocation that ended is found and deactivated", async () => {
  const { url } = await checkoutFor({ product: "mug" });
  await untilAtRest();
  await breakOperation("createPaymentLink", { delay_ms: SLOW_MS, times: 0 });
  const errors = vi.spyOn(console, "error");
  const killed = killSenders();
  const answers = await Promise.all(Array.from({ length: 12 }, () => pay({ publishable_key: KEY, product: "mug" })));
  expect(killed()).toBeGreaterThan(1);
  vi.restoreAllMocks();
  const sold = [url];
  for (const answer of answers) {
    if (answer.ok) sold.push((await answer.json<CreatedCheckout>()).url);
    else expect((await errorOf(answer)).code).toBe("qonto_unavailable");
  }
  expect((await linksAtQonto()).length).toBe(sold.length + killed());
  await untilOpen(sold);
  expect(errors).toHaveBeenCalledWith(expect.stringContaining('"code":"qonto_sender_failed"'));
});

it("an invocation that never answers is given up, and the links it may have created are deactivated", async () => {
  const { url } = await checkoutFor({ product: "mug" });
  await untilAtRest();
  await breakOperation("createPaymentLink", { delay_ms: SLOW_MS, times: 0 });
  vi.spyOn(QontoSender.prototype, "send").mockImplementation(async (...input) => {
    await sendRequest(...input);
    return new Promise(() => undefined);
  });
  const answers = await Promise.all(Array.from({ length: 12 }, () => pay({ publishable_key: KEY, product: "mug" })));
  vi.restoreAllMocks();
  const sold = [url];
  for (const answer of answers) if (answer.ok) sold.push((await answer.json<CreatedCheckout>()).url);
  expect(sold.length).toBeLessThan(13);
  await untilOpen(sold);
});

it.each([
  ["of an unknown length", { endless: true }],
  ["of a known length", { endless: true, length: 100 }],
])("a body %s that does not end is given up within the time limit", async (_kind, answer) => {
  await scriptShop("/qonto", answer);
  const request = { url: shopUrl("/qonto"), method: "GET", headers: {}, body: null };
  expect(await sendRequest(request, 300)).toBeNull();
});
