import { beforeAll, describe, expect, it } from "vitest";
import { newAdmin } from "../setup/admin.ts";
import { CALLS_OF_REFERENCE, type Callers } from "../setup/calls-of-reference.ts";
import { gapsOfOperation } from "../setup/gaps-of-operation.ts";
import { newMerchant } from "../setup/merchant.ts";
import { RecordedCalls } from "../setup/recorded-calls.ts";
import { type DocumentedOperation, readReference } from "../setup/reference.ts";

/** The client is held to the reference that the running Worker serves: what is called is what its `fetch` has sent. */

/** What servers and whoever runs the Worker show. */
const SERVER_KEYS: readonly string[] = ["secretKey", "adminKey"];

/** Who else may call what, and why the client leaves it to them. */
const NOT_FOR_SERVERS: Readonly<Record<string, string>> = {
  "createCheckout by nothing":
    "A shopper's page pays by publishable key, from an origin of the merchant's: the button.",
  "quotePrice by nothing": "A shopper's page shows it: the button. A server reads the product.",
  "getCheckoutStatus by nothing":
    "A shopper's page waits there by a token of its own: the button. A server reads the checkout.",
  "followPayLink by nothing": "A link for shoppers whose page runs no script.",
  "payByForm by nothing": "A form for the same.",
  "showStatus by nothing": "A page for the shopper. A server reads the checkout.",
  "showOnboarding by nothing": "A page for the merchant, who opens its connect link in a browser.",
  "startOnboarding by nothing": "A form of that page.",
  "startOAuth by connectSession": "A form of that page, which leads the browser on to Qonto.",
  "finishOAuth by connectSession": "Qonto sends the merchant's browser there.",
  "returnFromOAuth by nothing": "Where a browser gets that goes back to where it sent that form.",
  "submitBusinessForm by connectSession": "A form of that page. A server creates the connection.",
  "returnFromConnection by nothing": "Where a browser gets that goes back to where it sent that form.",
  "receiveWebhook by qontoSignature": "Qonto tells of payments there, and signs.",
  "getHealth by nothing": "What watches the deployment asks, without a key.",
};

const reference = await readReference();
const forServers = reference.filter(({ callers }) => callers.some((caller) => SERVER_KEYS.includes(caller)));

const calls = new RecordedCalls();
let callers: Callers;
beforeAll(async () => {
  const { fetch } = calls;
  callers = { qontoPay: (await newMerchant({ fetch })).qontoPay, admin: newAdmin({ fetch }) };
});

describe("an operation of the reference", () => {
  it.each(forServers)("is called as it is described: $id", async (operation) => {
    const call = CALLS_OF_REFERENCE[operation.id];
    const sent = await calls.during(async () => call?.(callers));
    expect(gapsOfOperation(operation, sent)).toEqual([]);
  });

  it("is not for servers only for a reason that is told", () => {
    const others = reference.flatMap((operation) =>
      operation.callers
        .filter((caller) => !SERVER_KEYS.includes(caller))
        .map((caller) => `${operation.id} by ${caller}`),
    );
    expect(others.toSorted()).toEqual(Object.keys(NOT_FOR_SERVERS).toSorted());
  });

  it("is there for each call", () => {
    expect(Object.keys(CALLS_OF_REFERENCE).toSorted()).toEqual(forServers.map(({ id }) => id).toSorted());
  });
});

describe("the check can fail", () => {
  const described: DocumentedOperation = {
    id: "listCheckouts",
    method: "GET",
    path: "/v1/checkouts",
    callers: ["secretKey"],
    query: ["limit"],
    takesIdempotencyKey: false,
  };

  it.each<[string, Partial<DocumentedOperation>, readonly string[]]>([
    ["for nothing, where all is well", {}, []],
    ["for an operation that is new", { path: "/v1/refunds" }, ["it was not called"]],
    ["for an operation at an address below", { path: "/v1/checkouts/{id}" }, ["it was not called"]],
    ["for another method", { method: "POST" }, ["it was not called"]],
    ["for another caller", { callers: ["adminKey"] }, ["it was called by secretKey"]],
    ["for a word of the query that is new", { query: ["limit", "colour"] }, ["it was not asked by colour"]],
    ["for a key that it takes", { takesIdempotencyKey: true }, ["it takes an Idempotency-Key, and was sent none"]],
  ])("%s", async (_name, change, gaps) => {
    const sent = await calls.during(() => callers.qontoPay.checkouts.list({ limit: 1 }));
    expect(gapsOfOperation({ ...described, ...change }, sent)).toEqual(gaps);
  });

  it("for a key that it does not take", async () => {
    const { products } = callers.qontoPay;
    const removal = { ...described, method: "DELETE", path: "/v1/products/{id}", query: [] };
    const sent = await calls.during(() => products.delete("never-there").catch(() => null));
    expect(gapsOfOperation(removal, sent)).toContain("it takes no Idempotency-Key, and was sent one");
  });

  it("for a call that was refused", async () => {
    const sent = await calls.during(() => callers.qontoPay.checkouts.list({ limit: 0 }).catch(() => null));
    expect(gapsOfOperation(described, sent)).toEqual(["it answered 422"]);
  });
});
