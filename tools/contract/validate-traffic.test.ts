import { type Sandbox, startSandbox } from "@qonto-pay/sandbox";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fixture } from "./fixtures.ts";
import { BASKET, connectionBody, GOOD_CALLS, INVOICE, SUBSCRIPTION } from "./good-calls.ts";
import { OAUTH_CLIENT, SandboxClient, type Sent } from "./sandbox-client.ts";
import { type TrafficEntry, validateTraffic } from "./validate-traffic.ts";

let sandbox: Sandbox;
let client: SandboxClient;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  client = new SandboxClient(sandbox.url);
});
beforeEach(() => client.begin());
afterAll(() => sandbox.close());

async function journal(): Promise<readonly TrafficEntry[]> {
  return ((await client.control("GET", "/journal")) as { requests: readonly TrafficEntry[] }).requests;
}

describe("a documented request has no violations:", () => {
  it.each(GOOD_CALLS)("$operation $case", async ({ operation, prepare }) => {
    await client.call(operation, await prepare(client));
    const entries = await journal();
    expect(entries.at(-1)).toMatchObject({ operation });
    expect(validateTraffic(entries)).toEqual([]);
  });

  it("a webhook subscription to this machine over plain http, as the sandbox allows", async () => {
    await client.call("createWebhookSubscription", {
      body: { ...SUBSCRIPTION, callback_url: "http://localhost:8787/x" },
    });
    expect(validateTraffic(await journal())).toEqual([]);
  });
});

interface Violating {
  readonly case: string;
  readonly operation: string;
  readonly sent: Sent | (() => Promise<Sent>);
  readonly violation: string;
}

const REFRESH = { ...OAUTH_CLIENT, grant_type: "refresh_token", refresh_token: "x" };

const VIOLATING: readonly Violating[] = [
  body("an unknown field", "createPaymentLink", withField(BASKET, { reference: "42" }), ": reference"),
  body("an unknown field beside the envelope", "createPaymentLink", { ...BASKET, reference: "42" }, ": reference"),
  body(
    "an amount as a number",
    "createPaymentLink",
    withField(INVOICE, { amount: { value: 100, currency: "EUR" } }),
    "/payment_link/amount/value must be string",
  ),
  body(
    "a third decimal",
    "createPaymentLink",
    withField(BASKET, { items: [{ ...firstItem(), unit_price: { value: "10.999", currency: "EUR" } }] }),
    "/payment_link/items/0/unit_price/value must match",
  ),
  body(
    "a rate as a number",
    "createPaymentLink",
    withField(BASKET, { items: [{ ...firstItem(), vat_rate: 21 }] }),
    "/payment_link/items/0/vat_rate must be string",
  ),
  body(
    "a quantity as a string",
    "createPaymentLink",
    withField(BASKET, { items: [{ ...firstItem(), quantity: "1" }] }),
    "/payment_link/items/0/quantity must be number",
  ),
  body(
    "an unknown method",
    "createPaymentLink",
    withField(BASKET, { potential_payment_methods: ["cash"] }),
    "/payment_link/potential_payment_methods/0 must be equal",
  ),
  body("no JSON", "createPaymentLink", "{", "body: / must be object"),
  body("no body", "createPaymentLink", undefined, "body: / must be object"),
  body("a body where none is documented", "deactivatePaymentLink", {}, "body: none is documented"),
  body(
    "a webhook over plain http elsewhere",
    "createWebhookSubscription",
    { ...SUBSCRIPTION, callback_url: "http://shop.example/x" },
    "/callback_url must match",
  ),
  body(
    "an event type that this product does not need",
    "createWebhookSubscription",
    { ...SUBSCRIPTION, types: ["v1/transactions"] },
    "/types/0 must be equal",
  ),
  body("a scope in the form", "createToken", { ...REFRESH, scope: "webhook" }, ": scope"),
  body(
    "an undocumented grant",
    "createToken",
    { ...OAUTH_CLIENT, grant_type: "client_credentials" },
    "/grant_type must be equal",
  ),
  query("an undocumented parameter", "listPaymentLinks", "state=open", ": state"),
  query("a list without its []", "listPaymentLinks", "status=open", ": status"),
  query("a list joined by commas", "listPaymentLinks", "status[]=open,paid", "/status[]/0 must be equal"),
  query("a repeated parameter", "listPaymentLinks", "page=1&page=2", "/page must be string"),
  query("more than 100 per page", "listPayments", "per_page=101", "/per_page must match"),
  query("the sort order of another list", "listPayments", "sort_by=amount:asc", "/sort_by must be equal"),
  query("a parameter where none is documented", "getPaymentLink", "expand=payments", "query: none is documented"),
  header("no staging token", "getOrganization", { "x-qonto-staging-token": null }, "X-Qonto-Staging-Token is missing"),
  {
    ...header("no staging token", "createToken", {}, "X-Qonto-Staging-Token is missing"),
    sent: { body: REFRESH, headers: { "x-qonto-staging-token": null } },
  },
  {
    ...header("no staging token", "revokeToken", {}, "X-Qonto-Staging-Token is missing"),
    sent: { body: { ...OAUTH_CLIENT, token: "x" }, headers: { "x-qonto-staging-token": null } },
  },
  header("no access token", "getOrganization", { authorization: null }, "Authorization must be a bearer token"),
  header(
    "an Accept header without JSON",
    "getOrganization",
    { accept: "text/html" },
    "Accept must name application/json",
  ),
  {
    ...header("another content type", "createPaymentLink", {}, "Content-Type must be application/json"),
    sent: { body: BASKET, headers: { "content-type": "text/plain" } },
  },
  {
    ...header("a form as JSON", "createToken", {}, "Content-Type must be application/x-www-form-urlencoded"),
    sent: { body: REFRESH, headers: { "content-type": "application/json" } },
  },
  {
    ...header("HTTP Basic", "createToken", {}, "Authorization must be absent"),
    sent: { body: REFRESH, headers: { authorization: "Basic eDp5" } },
  },
  {
    case: "a description of 79 characters",
    operation: "createConnection",
    sent: async () => ({ body: { ...(await connectionBody(client)), business_description: "a".repeat(79) } }),
    violation: "/business_description must NOT have fewer than 80 characters",
  },
];

describe("a violation is found:", () => {
  it.each(VIOLATING)("$operation with $case", async ({ operation, sent, violation }) => {
    await client.call(operation, { id: "some-id", ...(typeof sent === "function" ? await sent() : sent) });
    const entries = await journal();
    const found = validateTraffic(entries);
    const request = `${entries.at(-1)?.at} ${entries.at(-1)?.method} ${entries.at(-1)?.path}: `;
    expect(found.filter((line) => line.includes(violation))).not.toEqual([]);
    expect(found.filter((line) => !line.startsWith(request))).toEqual([]);
    expect(validateTraffic(entries.slice(0, -1))).toEqual([]);
  });
});

describe("other entries of a journal:", () => {
  const page = { at: "2026-01-01T00:00:00.000Z", operation: null, query: "", headers: {}, body: null, status: 200 };

  it("requests of pages are ignored, because a browser sends them", () => {
    const entries = ["/pay/1", "/onboarding/1", "/favicon.ico", "/oauth2/auth"].map((path) => ({ ...page, path }));
    expect(validateTraffic(entries.map((entry) => ({ ...entry, method: "POST" })))).toEqual([]);
  });

  it("the query of the consent page is checked, because the client writes it", () => {
    const asked = new URLSearchParams(fixture("a consent page query").value as Record<string, string>);
    const entry = { ...page, method: "GET", path: "/oauth2/auth" };
    expect(validateTraffic([{ ...entry, query: asked.toString() }])).toEqual([]);
    asked.set("scope", "offline_access payment.write");
    expect(validateTraffic([{ ...entry, query: asked.toString() }])).toEqual([
      expect.stringContaining("/scope must match"),
    ]);
    asked.set("scope", "offline_access");
    asked.delete("state");
    expect(validateTraffic([{ ...entry, query: asked.toString() }])).toEqual([expect.stringContaining("'state'")]);
  });

  it.each([
    { method: "GET", path: "/v2/transactions" },
    { method: "DELETE", path: "/v2/payment_links/1" },
    { method: "GET", path: "/v2/payment_links/" },
    { method: "GET", path: "/oauth2/token" },
  ])("$method $path is not a documented operation", (request) => {
    expect(validateTraffic([{ ...page, ...request }])).toEqual([
      expect.stringContaining("is not a documented operation"),
    ]);
  });

  it("an unmasked journal is also checked, and its secrets are not repeated", () => {
    const entry = { ...page, method: "GET", path: "/v2/organization" };
    const headers = { accept: "application/json", "x-qonto-staging-token": "staging", authorization: "Bearer secret" };
    expect(validateTraffic([{ ...entry, headers }])).toEqual([]);
    const [violation, ...more] = validateTraffic([
      { ...entry, headers: { ...headers, authorization: "Basic secret" } },
    ]);
    expect(violation).toContain("must be a bearer token");
    expect(violation).not.toContain("secret");
    expect(more).toEqual([]);
  });
});

function body(why: string, operation: string, value: unknown, violation: string): Violating {
  return { case: why, operation, sent: { body: value }, violation };
}

function query(why: string, operation: string, words: string, violation: string): Violating {
  return { case: why, operation, sent: { query: words }, violation };
}

function header(why: string, operation: string, headers: Record<string, string | null>, violation: string): Violating {
  return { case: why, operation, sent: { headers }, violation };
}

function withField(link: object, fields: object): object {
  return { payment_link: { ...(link as { payment_link: object }).payment_link, ...fields } };
}

function firstItem(): object {
  return (BASKET as { payment_link: { items: [object] } }).payment_link.items[0];
}
