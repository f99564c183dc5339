import { bodyOf } from "./fixtures.ts";
import { OAUTH_CLIENT, type SandboxClient, type Sent, textAt } from "./sandbox-client.ts";

/** A documented call that must succeed. */
export interface GoodCall {
  readonly operation: string;
  readonly case: string;
  /** Prepares the sandbox for the call, and returns the request. */
  readonly prepare: (client: SandboxClient) => Sent | Promise<Sent>;
}

export const BASKET = bodyOf("a basket link request");
export const INVOICE = bodyOf("an invoice link request");
export const SUBSCRIPTION = bodyOf("a subscription request");

/** Returns the request that connects one of the sandbox's own bank accounts. */
export async function connectionBody(client: SandboxClient): Promise<object> {
  const { body } = await client.call("getOrganization");
  const { organization } = body as { organization: { bank_accounts: [object] } };
  const account = textAt(organization.bank_accounts[0], "id");
  return { ...bodyOf("a connection request"), user_bank_account_id: account };
}

/** Creates a subscription and returns its id. */
export async function subscribe(client: SandboxClient, body = SUBSCRIPTION): Promise<string> {
  return textAt((await client.call("createWebhookSubscription", { body })).body, "id");
}

async function refreshGrant(client: SandboxClient): Promise<Record<string, string>> {
  const { body } = await client.call("createToken", { body: await client.codeGrant() });
  return { ...OAUTH_CLIENT, grant_type: "refresh_token", refresh_token: textAt(body, "refresh_token") };
}

async function withLinks(client: SandboxClient): Promise<void> {
  await client.createLink(BASKET);
  await client.pay(await client.createLink(INVOICE), "paid");
}

const nothing = () => ({});

/** The successful calls of every documented operation. */
export const GOOD_CALLS: readonly GoodCall[] = [
  { operation: "createToken", case: "for a code", prepare: async (client) => ({ body: await client.codeGrant() }) },
  {
    operation: "createToken",
    case: "for a code without offline_access",
    prepare: async (client) => ({ body: await client.codeGrant("payment_link.read") }),
  },
  {
    operation: "createToken",
    case: "for a refresh token",
    prepare: async (client) => ({ body: await refreshGrant(client) }),
  },
  {
    operation: "revokeToken",
    case: "of a refresh token",
    prepare: async (client) => {
      const { refresh_token: token = "" } = await refreshGrant(client);
      return { body: { ...OAUTH_CLIENT, token } };
    },
  },
  { operation: "getOrganization", case: "as it is", prepare: nothing },
  {
    operation: "getOrganization",
    case: "with external accounts",
    prepare: () => ({ query: "include_external_accounts=true" }),
  },
  { operation: "listBankAccounts", case: "as they are", prepare: nothing },
  { operation: "listBankAccounts", case: "paged", prepare: () => ({ query: "page=2&per_page=1" }) },
  {
    operation: "getBankAccount",
    case: "of the organization",
    prepare: async (client) => ({ id: textAt(await connectionBody(client), "user_bank_account_id") }),
  },
  { operation: "revokeConsents", case: "of this client", prepare: nothing },
  { operation: "listPaymentMethods", case: "as they are", prepare: nothing },
  { operation: "listPaymentMethods", case: "for an amount", prepare: () => ({ query: "amount=10.00&currency=EUR" }) },
  { operation: "listPaymentMethods", case: "for a locale", prepare: () => ({ query: "locale=fr" }) },
  { operation: "getConnection", case: "as it is", prepare: nothing },
  {
    operation: "createConnection",
    case: "for the first time",
    prepare: async (client) => {
      await client.control("PUT", "/connection", { status: null });
      return { body: await connectionBody(client) };
    },
  },
  { operation: "createPaymentLink", case: "for a basket", prepare: () => ({ body: BASKET }) },
  { operation: "createPaymentLink", case: "for an invoice", prepare: () => ({ body: INVOICE }) },
  { operation: "listPaymentLinks", case: "of an empty sandbox", prepare: nothing },
  {
    operation: "listPaymentLinks",
    case: "filtered, sorted and paged",
    prepare: async (client) => {
      await withLinks(client);
      return { query: "status[]=open&status[]=paid&sort_by=amount:asc&page=2&per_page=1" };
    },
  },
  {
    operation: "getPaymentLink",
    case: "of a basket",
    prepare: async (client) => ({ id: await client.createLink(BASKET) }),
  },
  {
    operation: "getPaymentLink",
    case: "of an invoice",
    prepare: async (client) => ({ id: await client.createLink(INVOICE) }),
  },
  {
    operation: "deactivatePaymentLink",
    case: "of an open link",
    prepare: async (client) => ({ id: await client.createLink(BASKET) }),
  },
  {
    operation: "listPayments",
    case: "of a new link",
    prepare: async (client) => ({ id: await client.createLink(BASKET) }),
  },
  {
    operation: "listPayments",
    case: "filtered, sorted and paged",
    prepare: async (client) => {
      const id = await client.createLink(BASKET);
      for (const status of ["failed", "paid"]) await client.pay(id, status);
      return { id, query: "status[]=failed&status[]=paid&sort_by=creation_date:desc&page=1&per_page=1" };
    },
  },
  { operation: "createWebhookSubscription", case: "with a secret", prepare: () => ({ body: SUBSCRIPTION }) },
  {
    operation: "createWebhookSubscription",
    case: "without a secret",
    prepare: () => ({ body: bodyOf("a subscription request without a secret") }),
  },
  {
    operation: "listWebhookSubscriptions",
    case: "paged",
    prepare: async (client) => {
      await subscribe(client);
      await subscribe(client);
      return { query: "page=1&per_page=1" };
    },
  },
  {
    operation: "getWebhookSubscription",
    case: "as it is",
    prepare: async (client) => ({ id: await subscribe(client) }),
  },
  {
    operation: "updateWebhookSubscription",
    case: "with all its fields",
    prepare: async (client) => ({ id: await subscribe(client), body: bodyOf("a subscription update request") }),
  },
  {
    operation: "deleteWebhookSubscription",
    case: "of an existing subscription",
    prepare: async (client) => ({ id: await subscribe(client) }),
  },
];
