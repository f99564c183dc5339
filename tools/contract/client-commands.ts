import { BASKET, connectionBody, INVOICE, subscribe, SUBSCRIPTION } from "./good-calls.ts";
import { OAUTH_CLIENT, type SandboxClient, type Sent, textAt } from "./sandbox-client.ts";

/** The JSON types that a field may have. */
export type FieldType = "string" | "number" | "boolean" | "string or null" | "number or null" | "object";

/** A command of a third-party client: the request that it sends, and the fields that it needs in the answer. */
export interface ClientCommand {
  readonly command: string;
  readonly operation: string;
  readonly status: number;
  readonly prepare: (client: SandboxClient) => Sent | Promise<Sent>;
  /** The needed fields by path; `[]` stands for every entry of a list. The client fails if one is missing. */
  readonly needs: Readonly<Record<string, FieldType>>;
  /** Needed fields that are not documented. They were observed in both environments. */
  readonly needsUndocumented?: Readonly<Record<string, FieldType>>;
}

const JSON_ACCEPTED = { accept: "application/json", "user-agent": "a-qonto-client/3.0" };

function under(prefix: string, needs: Readonly<Record<string, FieldType>>): Record<string, FieldType> {
  return Object.fromEntries(Object.entries(needs).map(([path, type]) => [`${prefix}.${path}`, type]));
}

const ACCOUNT = {
  id: "string",
  name: "string",
  status: "string",
  main: "boolean",
  iban: "string",
  bic: "string",
  currency: "string",
  balance: "number",
  balance_cents: "number",
  authorized_balance: "number",
  authorized_balance_cents: "number",
} as const;

const PAGE = {
  current_page: "number",
  next_page: "number or null",
  prev_page: "number or null",
  total_pages: "number",
  total_count: "number",
  per_page: "number",
} as const;

const LINK = {
  id: "string",
  status: "string",
  expiration_date: "string",
  "amount.value": "string",
  "amount.currency": "string",
  resource_type: "string",
  reusable: "boolean",
  created_at: "string",
  url: "string",
} as const;

const ITEMS = {
  "items[].title": "string",
  "items[].quantity": "number",
  "items[].unit_price.value": "string",
  "items[].vat_rate": "string",
} as const;

const SUBSCRIBED = {
  id: "string",
  organization_id: "string",
  membership_id: "string",
  callback_url: "string",
  created_at: "string",
  updated_at: "string",
} as const;

const CONNECTION = { connection_location: "string", status: "string", bank_account_id: "string" } as const;

const TOKENS = { access_token: "string", refresh_token: "string", expires_in: "number", token_type: "string" } as const;

const nothing = () => ({ headers: JSON_ACCEPTED });

async function tokens(client: SandboxClient): Promise<string> {
  return textAt((await client.call("createToken", { body: await client.codeGrant() })).body, "refresh_token");
}

/**
 * The requests of a public command line client of Qonto's API, for every command that uses an operation of the sandbox.
 * Facts about version 3.0.1 of `qontoctl`, in our own words: the requests that it sends, and the fields that it needs.
 */
export const CLIENT_COMMANDS: readonly ClientCommand[] = [
  {
    command: "signs in",
    operation: "createToken",
    status: 200,
    prepare: async (client) => ({ body: await client.codeGrant() }),
    needs: TOKENS,
  },
  {
    command: "refreshes its tokens",
    operation: "createToken",
    status: 200,
    prepare: async (client) => ({
      body: { ...OAUTH_CLIENT, grant_type: "refresh_token", refresh_token: await tokens(client) },
    }),
    needs: TOKENS,
  },
  {
    command: "signs out",
    operation: "revokeToken",
    status: 200,
    prepare: async (client) => ({ body: { ...OAUTH_CLIENT, token: await tokens(client) } }),
    needs: {},
  },
  {
    command: "shows the organization",
    operation: "getOrganization",
    status: 200,
    prepare: nothing,
    needs: { "organization.slug": "string", ...under("organization.bank_accounts[]", ACCOUNT) },
  },
  {
    command: "lists bank accounts",
    operation: "listBankAccounts",
    status: 200,
    prepare: nothing,
    needs: under("bank_accounts[]", ACCOUNT),
  },
  {
    command: "lists a page of bank accounts",
    operation: "listBankAccounts",
    status: 200,
    prepare: () => ({ headers: JSON_ACCEPTED, query: "page=2&per_page=1" }),
    needs: under("bank_accounts[]", ACCOUNT),
  },
  {
    command: "shows a bank account",
    operation: "getBankAccount",
    status: 200,
    prepare: async (client) => ({ id: textAt(await connectionBody(client), "user_bank_account_id") }),
    needs: under("bank_account", ACCOUNT),
  },
  {
    command: "lists payment links",
    operation: "listPaymentLinks",
    status: 200,
    prepare: async (client) => {
      await client.createLink(BASKET);
      return { headers: JSON_ACCEPTED };
    },
    needs: { ...under("payment_links[]", { ...LINK, ...ITEMS }), ...under("meta", PAGE) },
  },
  {
    command: "lists payment links by statuses joined with commas",
    operation: "listPaymentLinks",
    status: 200,
    prepare: async (client) => {
      await client.createLink(INVOICE);
      return { query: new URLSearchParams({ page: "1", per_page: "5", "status[]": "open,paid" }).toString() };
    },
    needs: { ...under("payment_links[]", LINK), ...under("meta", PAGE) },
  },
  {
    command: "shows a payment link",
    operation: "getPaymentLink",
    status: 200,
    prepare: async (client) => ({ id: await client.createLink(BASKET) }),
    needs: under("payment_link", { ...LINK, ...ITEMS }),
  },
  {
    command: "creates a payment link for a basket",
    operation: "createPaymentLink",
    status: 201,
    prepare: () => ({ body: BASKET, headers: { "x-qonto-idempotency-key": "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e09" } }),
    needs: under("payment_link", { ...LINK, ...ITEMS }),
  },
  {
    command: "creates a payment link for an invoice",
    operation: "createPaymentLink",
    status: 201,
    prepare: () => ({ body: INVOICE }),
    needs: under("payment_link", { ...LINK, invoice_id: "string", invoice_number: "string", debitor_name: "string" }),
  },
  {
    command: "deactivates a payment link",
    operation: "deactivatePaymentLink",
    status: 200,
    prepare: async (client) => ({ id: await client.createLink(BASKET) }),
    needs: under("payment_link", LINK),
  },
  {
    command: "lists the payments of a link",
    operation: "listPayments",
    status: 200,
    prepare: async (client) => {
      const id = await client.createLink(BASKET);
      for (const status of ["failed", "paid"]) await client.pay(id, status);
      return { id, query: "page=1&per_page=10" };
    },
    needs: {
      ...under("payments[]", {
        id: "string",
        "amount.value": "string",
        "amount.currency": "string",
        status: "string",
        created_at: "string",
        payment_method: "string",
        paid_at: "string or null",
        debitor_email: "string",
      }),
      ...under("meta", PAGE),
    },
  },
  {
    command: "lists payment methods",
    operation: "listPaymentMethods",
    status: 200,
    prepare: nothing,
    needs: under("payment_link_payment_methods[]", { name: "string", enabled: "boolean" }),
  },
  {
    command: "connects the provider",
    operation: "createConnection",
    status: 201,
    prepare: async (client) => {
      await client.control("PUT", "/connection", { status: null });
      return { body: await connectionBody(client) };
    },
    needs: CONNECTION,
  },
  {
    command: "shows the connection",
    operation: "getConnection",
    status: 200,
    prepare: nothing,
    needs: CONNECTION,
  },
  {
    command: "lists webhook subscriptions",
    operation: "listWebhookSubscriptions",
    status: 200,
    prepare: async (client) => {
      await subscribe(client);
      return { query: "page=1&per_page=10" };
    },
    needs: { ...under("subscriptions[]", SUBSCRIBED), ...under("meta", PAGE) },
    needsUndocumented: under("subscriptions[]", { secret: "string or null" }),
  },
  {
    command: "shows a webhook subscription",
    operation: "getWebhookSubscription",
    status: 200,
    prepare: async (client) => ({ id: await subscribe(client) }),
    needs: SUBSCRIBED,
    needsUndocumented: { secret: "string or null" },
  },
  {
    command: "creates a webhook subscription",
    operation: "createWebhookSubscription",
    status: 201,
    prepare: () => ({ body: SUBSCRIPTION }),
    needs: { ...SUBSCRIBED, secret: "string" },
  },
  {
    command: "changes a webhook subscription",
    operation: "updateWebhookSubscription",
    status: 200,
    prepare: async (client) => ({
      id: await subscribe(client),
      body: { callback_url: "https://shop.example/webhooks", types: ["v1/payment-links"] },
    }),
    needs: SUBSCRIBED,
    needsUndocumented: { secret: "string or null" },
  },
  {
    command: "deletes a webhook subscription",
    operation: "deleteWebhookSubscription",
    status: 204,
    prepare: async (client) => ({ id: await subscribe(client) }),
    needs: {},
  },
];

/** Returns the fields that are missing in `body` or have another type, by path. */
export function missingFields(body: unknown, needs: Readonly<Record<string, FieldType>>): string[] {
  return Object.entries(needs)
    .filter(([path, type]) => {
      const values = valuesAt(body, path.split("."));
      return values.length === 0 || !values.every((value) => type.split(" or ").includes(typeOf(value)));
    })
    .map(([path, type]) => `${path} must be ${type}`);
}

function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value];
  const isList = name.endsWith("[]");
  const field = (value as Record<string, unknown> | null | undefined)?.[isList ? name.slice(0, -2) : name];
  if (!isList) return valuesAt(field, rest);
  return Array.isArray(field) ? field.flatMap((entry) => valuesAt(entry, rest)) : [];
}

function typeOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}
