import { beforeAll, describe, expect, it } from "vitest";
import { newAdmin } from "../setup/admin.ts";
import { CALLS_OF_REFERENCE, type Callers } from "../setup/calls-of-reference.ts";
import { gapsOfOperation } from "../setup/gaps-of-operation.ts";
import { newMerchant } from "../setup/merchant.ts";
import { RecordedCalls } from "../setup/recorded-calls.ts";
import { type DocumentedOperation, readReference } from "../setup/reference.ts";

/** Compares the calls that the client sends with the reference that the running Worker serves. */

/** The security schemes of the merchant's servers and of the operator. */
const SERVER_KEYS: readonly string[] = ["secretKey", "adminKey"];

/** The operations that the client does not call, by security scheme, each with the reason. */
const NOT_FOR_SERVERS: Readonly<Record<string, string>> = {
  "createCheckout by nothing": "A shopper's page calls it with a publishable key from an allowed origin: the button.",
  "quotePrice by nothing": "A shopper's page shows the price: the button. A server reads the product.",
  "getCheckoutStatus by nothing":
    "A shopper's page polls it with its own token: the button. A server reads the checkout.",
  "followPayLink by nothing": "A link for shoppers whose page runs no script.",
  "payByForm by nothing": "A form for the same purpose.",
  "showStatus by nothing": "A page for the shopper. A server reads the checkout.",
  "showOnboarding by nothing": "A page for the merchant, who opens its connect link in a browser.",
  "startOnboarding by nothing": "A form of that page.",
  "startOAuth by connectSession": "A form of that page, which redirects the browser to Qonto.",
  "finishOAuth by connectSession": "Qonto sends the merchant's browser there.",
  "returnFromOAuth by nothing": "A redirect for a browser that navigates back to the address of that form.",
  "submitBusinessForm by connectSession": "A form of that page. A server creates the connection.",
  "returnFromConnection by nothing": "A redirect for a browser that navigates back to the address of that form.",
  "signIn by nothing": "A browser gets a session of the console in exchange for a secret key.",
  "getSession by consoleSession": "A page of the console asks for its own session.",
  "signOut by consoleSession": "A page of the console ends its own session.",
  "signInAsOperator by nothing": "A browser gets a session of the operator in exchange for the admin key.",
  "getOperatorSession by operatorSession": "A page of the console asks for its own session.",
  "signOutAsOperator by operatorSession": "A page of the console ends its own session.",
  "receiveWebhook by qontoSignature": "Qonto sends its signed webhooks there.",
  "getHealth by nothing": "Monitors of the deployment call it without a key.",
};

const reference = await readReference();
const forServers = reference.filter(({ callers }) => callers.some((caller) => SERVER_KEYS.includes(caller)));

const calls = new RecordedCalls();
let callers: Callers;
beforeAll(async () => {
  const { fetch } = calls;
  const { qontoPay, secretKey } = await newMerchant({ fetch });
  callers = { qontoPay, secretKey, admin: newAdmin({ fetch }), fetch };
});

describe("an operation of the reference", () => {
  it.each(forServers)("is called as documented: $id", async (operation) => {
    const call = CALLS_OF_REFERENCE[operation.id];
    const sent = await calls.during(async () => call?.(callers));
    expect(gapsOfOperation(operation, sent)).toEqual([]);
  });

  it("is left out only with a documented reason", () => {
    const others = reference.flatMap((operation) =>
      operation.callers
        .filter((caller) => !SERVER_KEYS.includes(caller))
        // The console makes the calls of the merchant's server and of the operator, too.
        .filter((caller) => caller !== "consoleSession" || !operation.callers.includes("secretKey"))
        .filter((caller) => caller !== "operatorSession" || !operation.callers.includes("adminKey"))
        .map((caller) => `${operation.id} by ${caller}`),
    );
    expect(others.toSorted()).toEqual(Object.keys(NOT_FOR_SERVERS).toSorted());
  });

  it("exists for each call", () => {
    expect(Object.keys(CALLS_OF_REFERENCE).toSorted()).toEqual(forServers.map(({ id }) => id).toSorted());
  });
});

describe("the check", () => {
  const described: DocumentedOperation = {
    id: "listCheckouts",
    method: "GET",
    path: "/v1/checkouts",
    callers: ["secretKey"],
    query: ["limit"],
    takesIdempotencyKey: false,
  };

  it.each<[string, Partial<DocumentedOperation>, readonly string[]]>([
    ["finds nothing if the call matches", {}, []],
    ["finds an operation that is not called", { path: "/v1/refunds" }, ["it was not called"]],
    ["finds an operation at a longer path", { path: "/v1/checkouts/{id}" }, ["it was not called"]],
    ["finds another method", { method: "POST" }, ["it was not called"]],
    ["finds another caller", { callers: ["adminKey"] }, ["it was called by secretKey"]],
    ["finds a new query parameter", { query: ["limit", "colour"] }, ["the query parameter colour was not sent"]],
    [
      "finds a missing Idempotency-Key",
      { takesIdempotencyKey: true },
      ["it takes an Idempotency-Key, and was sent none"],
    ],
  ])("%s", async (_name, change, gaps) => {
    const sent = await calls.during(() => callers.qontoPay.checkouts.list({ limit: 1 }));
    expect(gapsOfOperation({ ...described, ...change }, sent)).toEqual(gaps);
  });

  it("finds an Idempotency-Key that the operation does not take", async () => {
    const { products } = callers.qontoPay;
    const removal = { ...described, method: "DELETE", path: "/v1/products/{id}", query: [] };
    const sent = await calls.during(() => products.delete("never-there").catch(() => null));
    expect(gapsOfOperation(removal, sent)).toContain("it takes no Idempotency-Key, and was sent one");
  });

  it("finds a rejected call", async () => {
    const sent = await calls.during(() => callers.qontoPay.checkouts.list({ limit: 0 }).catch(() => null));
    expect(gapsOfOperation(described, sent)).toEqual(["it answered 422"]);
  });
});
