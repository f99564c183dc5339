/** A documented operation with the schemas of its request and its successful answer, by their names in `schemas/`. */
export interface Operation {
  readonly name: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** A part that starts with a colon stands for an id. */
  readonly path: string;
  /**
   * The documented OAuth scope. An operation without a scope belongs to OAuth itself: it receives a form, and no access
   * token in its headers.
   */
  readonly scope?: string;
  readonly query?: string;
  readonly request?: string;
  readonly status: number;
  /** Missing if the answer has no documented body. */
  readonly answer?: string;
  /** The schema of its errors; `error` by default. */
  readonly error?: "bare-error" | "oauth-error";
}

const LINKS = "/v2/payment_links";
const SUBSCRIPTIONS = "/v2/webhook_subscriptions";
const READ = "payment_link.read";
const WRITE = "payment_link.write";

/** All documented operations. A fixed path comes before a path with an id that would also match. */
export const OPERATIONS: readonly Operation[] = [
  {
    name: "createToken",
    method: "POST",
    path: "/oauth2/token",
    request: "createToken.request",
    error: "oauth-error",
    status: 200,
    answer: "createToken.answer",
  },
  {
    name: "revokeToken",
    method: "POST",
    path: "/oauth2/revoke",
    request: "revokeToken.request",
    error: "oauth-error",
    status: 200,
  },
  {
    name: "getOrganization",
    method: "GET",
    path: "/v2/organization",
    scope: "organization.read",
    query: "getOrganization.query",
    status: 200,
    answer: "getOrganization.answer",
  },
  {
    name: "listBankAccounts",
    method: "GET",
    path: "/v2/bank_accounts",
    scope: "organization.read",
    query: "listBankAccounts.query",
    status: 200,
    answer: "listBankAccounts.answer",
  },
  {
    name: "getBankAccount",
    method: "GET",
    path: "/v2/bank_accounts/:id",
    scope: "organization.read",
    status: 200,
    answer: "getBankAccount.answer",
  },
  { name: "revokeConsents", method: "DELETE", path: "/v2/oauth2/consents", scope: "organization.read", status: 204 },
  {
    name: "listPaymentMethods",
    method: "GET",
    path: `${LINKS}/payment_methods`,
    scope: READ,
    query: "listPaymentMethods.query",
    status: 200,
    answer: "listPaymentMethods.answer",
  },
  {
    name: "getConnection",
    method: "GET",
    path: `${LINKS}/connections`,
    scope: READ,
    status: 200,
    answer: "getConnection.answer",
  },
  {
    name: "createConnection",
    method: "POST",
    path: `${LINKS}/connections`,
    scope: WRITE,
    request: "createConnection.request",
    status: 201,
    answer: "createConnection.answer",
  },
  {
    name: "createPaymentLink",
    method: "POST",
    path: LINKS,
    scope: WRITE,
    request: "createPaymentLink.request",
    status: 201,
    answer: "createPaymentLink.answer",
  },
  {
    name: "listPaymentLinks",
    method: "GET",
    path: LINKS,
    scope: READ,
    query: "listPaymentLinks.query",
    status: 200,
    answer: "listPaymentLinks.answer",
  },
  {
    name: "getPaymentLink",
    method: "GET",
    path: `${LINKS}/:id`,
    scope: READ,
    status: 200,
    answer: "getPaymentLink.answer",
  },
  {
    name: "deactivatePaymentLink",
    method: "PATCH",
    path: `${LINKS}/:id/deactivate`,
    scope: WRITE,
    status: 200,
    answer: "deactivatePaymentLink.answer",
  },
  {
    name: "listPayments",
    method: "GET",
    path: `${LINKS}/:id/payments`,
    scope: READ,
    query: "listPayments.query",
    status: 200,
    answer: "listPayments.answer",
  },
  {
    name: "createWebhookSubscription",
    method: "POST",
    path: SUBSCRIPTIONS,
    scope: "webhook",
    error: "bare-error",
    request: "createWebhookSubscription.request",
    status: 201,
    answer: "createWebhookSubscription.answer",
  },
  {
    name: "listWebhookSubscriptions",
    method: "GET",
    path: SUBSCRIPTIONS,
    scope: "webhook",
    error: "bare-error",
    query: "listWebhookSubscriptions.query",
    status: 200,
    answer: "listWebhookSubscriptions.answer",
  },
  {
    name: "getWebhookSubscription",
    method: "GET",
    path: `${SUBSCRIPTIONS}/:id`,
    scope: "webhook",
    error: "bare-error",
    status: 200,
    answer: "getWebhookSubscription.answer",
  },
  {
    name: "updateWebhookSubscription",
    method: "PUT",
    path: `${SUBSCRIPTIONS}/:id`,
    scope: "webhook",
    error: "bare-error",
    request: "updateWebhookSubscription.request",
    status: 200,
    answer: "updateWebhookSubscription.answer",
  },
  {
    name: "deleteWebhookSubscription",
    method: "DELETE",
    path: `${SUBSCRIPTIONS}/:id`,
    scope: "webhook",
    error: "bare-error",
    status: 204,
  },
];

/** Returns the operation with a name. @throws Error if it does not exist. */
export function operationNamed(name: string): Operation {
  const found = OPERATIONS.find((operation) => operation.name === name);
  if (found === undefined) throw new Error(`Unknown operation ${name}`);
  return found;
}
