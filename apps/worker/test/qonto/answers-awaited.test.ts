import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { QontoSender, WebhookSender } from "../../src/index.ts";
import { eventually } from "../support/eventually.ts";
import { breakOperation, callsOf, sandboxUrl } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { checkoutFor, KEY, openShop, pay } from "../support/shop.ts";

/** Cloudflare's limit of answers that one request, or one Durable Object, waits for at once. */
const MOST_ANSWERS = 6;

/** The answers that one invocation, or one object, waits for. */
interface Awaited {
  now: number;
  most: number;
}

/** The local runtime does not enforce the limit, so the answers are counted, for the object and each sender. */
function countAnswers(): { readonly object: Awaited; readonly senders: readonly Awaited[] } {
  const object = { now: 0, most: 0 };
  const senders: Awaited[] = [];
  let running = object;
  // A sender calls `fetch` before it waits for anything.
  const asOwn = <Result>(send: () => Result): Result => {
    running = { now: 0, most: 0 };
    senders.push(running);
    try {
      return send();
    } finally {
      running = object;
    }
  };
  for (const prototype of [QontoSender.prototype, WebhookSender.prototype] as readonly object[]) {
    const send = Reflect.get(prototype, "send") as (...input: readonly unknown[]) => unknown;
    vi.spyOn(prototype as { send: typeof send }, "send").mockImplementation(function (this: unknown, ...input) {
      return asOwn(() => send.apply(this, input));
    });
  }
  const send = globalThis.fetch;
  vi.stubGlobal("fetch", async (...[resource, init]: Parameters<typeof fetch>) => {
    const own = running;
    if (typeof resource === "string" && resource.startsWith(`${sandboxUrl}/_sandbox/`)) return send(resource, init);
    own.now += 1;
    own.most = Math.max(own.most, own.now);
    return send(resource, init).finally(() => {
      own.now -= 1;
    });
  });
  return { object, senders };
}

beforeEach(openShop);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it("no request of the Worker waits for more than six answers at once, although more calls are under way", async () => {
  await breakOperation("createPaymentLink", { delay_ms: 300, times: 0 });
  await checkoutFor({ product: "mug" });
  const { object, senders } = countAnswers();
  const shoppers = Array.from({ length: 60 }, () => pay({ publishable_key: KEY, product: "mug" }));
  const reads = Array.from({ length: 10 }, () => callAsServer("GET", "payment_methods"));
  // Little's law: 60 links a second need 18 calls of 300 ms at once.
  await eventually(async () => {
    const calls = await callsOf("createPaymentLink");
    expect(calls.filter(({ status }) => status === null).length).toBeGreaterThanOrEqual(18);
  });
  for (const response of await Promise.all([...shoppers, ...reads])) expect(response.ok).toBe(true);
  expect(object.most).toBeGreaterThan(0);
  expect(object.most).toBeLessThanOrEqual(MOST_ANSWERS);
  expect(senders.length).toBeGreaterThan(18);
  expect(Math.max(...senders.map(({ most }) => most))).toBe(1);
});
