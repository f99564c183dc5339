import { bodyOf } from "./fixtures.ts";
import { BASKET, connectionBody, INVOICE, subscribe, SUBSCRIPTION } from "./good-calls.ts";
import type { SandboxClient, Sent } from "./sandbox-client.ts";

/** A documented call that must be rejected. */
export interface BadCall {
  readonly operation: string;
  readonly case: string;
  readonly status: number;
  /** The documented error code, if there is one. */
  readonly code?: string;
  readonly prepare: (client: SandboxClient) => Sent | Promise<Sent>;
}

/** An unknown id. */
export const NOWHERE = "00000000-0000-4000-8000-000000000000";

/** The bodies that operations of the API reject with 400. */
export const REFUSED_BODIES: readonly BadCall[] = [
  badRequest("createPaymentLink", "without JSON", "{"),
  badRequest("createPaymentLink", "without a payment_link", {}),
  badRequest("createPaymentLink", "without items", withField(BASKET, { items: [] })),
  badRequest("createPaymentLink", "without methods", withField(BASKET, { potential_payment_methods: [] })),
  badRequest("createPaymentLink", "with an unknown method", withField(BASKET, { potential_payment_methods: ["cash"] })),
  badRequest(
    "createPaymentLink",
    "with an amount as a number",
    withField(INVOICE, { amount: { value: 100, currency: "EUR" } }),
  ),
  badRequest("createPaymentLink", "with an invoice id that is not a UUID", withField(INVOICE, { invoice_id: "12" })),
  badRequest("createConnection", "without JSON", "{"),
  badConnection("a phone number that is not E.164", { user_phone_number: "0612345678" }),
  badConnection("a website with an @", { user_website_url: "https://me@shop.example" }),
  badConnection("a website of 256 characters", { user_website_url: "https://shop.example/".padEnd(256, "a") }),
  badConnection("a description of 79 characters", { business_description: "a".repeat(79) }),
  badConnection("an unknown bank account", { user_bank_account_id: NOWHERE }),
  {
    operation: "createConnection",
    case: "a second time",
    status: 400,
    code: "multiple_connections_not_allowed",
    prepare: async (client) => ({ body: await connectionBody(client) }),
  },
  badRequest("createWebhookSubscription", "without types", { ...SUBSCRIPTION, types: [] }),
  badRequest("createWebhookSubscription", "to plain http elsewhere", {
    ...SUBSCRIPTION,
    callback_url: "http://shop.example/webhooks",
  }),
  badRequest("createWebhookSubscription", "to an address of 513 characters", {
    ...SUBSCRIPTION,
    callback_url: "https://shop.example/".padEnd(513, "a"),
  }),
  badRequest("createWebhookSubscription", "with a secret of 31 characters", {
    ...SUBSCRIPTION,
    secret: "s".repeat(31),
  }),
  {
    operation: "updateWebhookSubscription",
    case: "without an address",
    status: 400,
    code: "bad_request",
    prepare: async (client) => ({ id: await subscribe(client), body: { types: ["v1/payment-links"] } }),
  },
];

const BAD_PAGES = ["page=0", "page=one", "per_page=0", "per_page=101"];
const BAD_FILTERS = ["status[]=gone", "sort_by=name:asc"];

const BAD_QUERIES: Readonly<Record<string, readonly string[]>> = {
  listPaymentLinks: [...BAD_PAGES, ...BAD_FILTERS],
  listPayments: [...BAD_PAGES, ...BAD_FILTERS],
  listBankAccounts: BAD_PAGES,
  listPaymentMethods: ["amount=10.00", "currency=EUR"],
};

/**
 * The query parameters that lists reject. Source: `PaginationPage`, `PaginationPerPage`, the enums of `status` and
 * `sort_by`, and the descriptions of `amount` and `currency`.
 */
export const REFUSED_QUERIES: readonly BadCall[] = Object.entries(BAD_QUERIES).flatMap(([operation, queries]) =>
  queries.map((query) => ({
    operation,
    case: `with ${query}`,
    status: 400,
    code: "bad_request",
    prepare: async (client: SandboxClient) => ({ id: await client.createLink(BASKET), query }),
  })),
);

/** The calls that answer 404. */
export const NOT_FOUND: readonly BadCall[] = [
  ...[
    "getPaymentLink",
    "deactivatePaymentLink",
    "listPayments",
    "getBankAccount",
    "getWebhookSubscription",
    "deleteWebhookSubscription",
  ].map((operation) => notFound(operation, "of an unknown id", () => ({ id: NOWHERE }))),
  notFound("updateWebhookSubscription", "of an unknown id", () => ({
    id: NOWHERE,
    body: bodyOf("a subscription update request"),
  })),
  notFound("getConnection", "before the first connection", async (client) => {
    await client.control("PUT", "/connection", { status: null });
    return {};
  }),
];

function badRequest(operation: string, why: string, body: unknown): BadCall {
  return { operation, case: why, status: 400, code: "bad_request", prepare: () => ({ body }) };
}

function badConnection(why: string, fields: object): BadCall {
  return {
    operation: "createConnection",
    case: `with ${why}`,
    status: 400,
    code: "bad_request",
    prepare: async (client) => {
      await client.control("PUT", "/connection", { status: null });
      return { body: { ...(await connectionBody(client)), ...fields } };
    },
  };
}

function notFound(operation: string, why: string, prepare: BadCall["prepare"]): BadCall {
  return { operation, case: why, status: 404, prepare };
}

function withField(body: object, fields: object): object {
  return { payment_link: { ...(body as { payment_link: object }).payment_link, ...fields } };
}
