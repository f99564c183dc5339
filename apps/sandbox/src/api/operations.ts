import type { Fault } from "../controls/faults.ts";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { Route } from "../http/match-route.ts";
import { createToken } from "../oauth/create-token.ts";
import { revokeToken } from "../oauth/revoke-token.ts";
import { endConsents } from "../oauth/end-consents.ts";
import { createConnection } from "../payment-links/create-connection.ts";
import { createPaymentLink } from "../payment-links/create-payment-link.ts";
import { deactivatePaymentLink } from "../payment-links/deactivate-payment-link.ts";
import { getConnection } from "../payment-links/get-connection.ts";
import { getPaymentLink } from "../payment-links/get-payment-link.ts";
import { listPaymentLinks } from "../payment-links/list-payment-links.ts";
import { listPaymentMethods } from "../payment-links/list-payment-methods.ts";
import { listPayments } from "../payment-links/list-payments.ts";
import {
  createWebhookSubscription,
  deleteWebhookSubscription,
  getWebhookSubscription,
  listWebhookSubscriptions,
  updateWebhookSubscription,
} from "../webhooks/subscriptions.ts";
import type { World } from "../world.ts";
import type { Scope } from "./authorize-call.ts";
import { getBankAccount, getOrganization, listBankAccounts } from "./bank-accounts.ts";
import type { OperationName } from "./operation-name.ts";

/**
 * An operation of Qonto's API, or one of OAuth. OAuth's operations have no scope, and their requests carry no access
 * token.
 */
export interface Operation extends Route {
  readonly name: OperationName;
  readonly scope?: Scope;
  readonly handle: (world: World, call: Call, fault?: Fault) => Answer;
}

/** All operations, in the order in which their paths are matched. */
export const OPERATIONS: readonly Operation[] = [
  { name: "createToken", method: "POST", path: "/oauth2/token", handle: createToken },
  { name: "revokeToken", method: "POST", path: "/oauth2/revoke", handle: revokeToken },
  {
    name: "getOrganization",
    method: "GET",
    path: "/v2/organization",
    scope: "organization.read",
    handle: getOrganization,
  },
  {
    name: "listBankAccounts",
    method: "GET",
    path: "/v2/bank_accounts",
    scope: "organization.read",
    handle: listBankAccounts,
  },
  {
    name: "getBankAccount",
    method: "GET",
    path: "/v2/bank_accounts/:id",
    scope: "organization.read",
    handle: getBankAccount,
  },
  {
    name: "revokeConsents",
    method: "DELETE",
    path: "/v2/oauth2/consents",
    scope: "organization.read",
    handle: endConsents,
  },
  {
    name: "listPaymentMethods",
    method: "GET",
    path: "/v2/payment_links/payment_methods",
    scope: "payment_link.read",
    handle: listPaymentMethods,
  },
  {
    name: "getConnection",
    method: "GET",
    path: "/v2/payment_links/connections",
    scope: "payment_link.read",
    handle: getConnection,
  },
  {
    name: "createConnection",
    method: "POST",
    path: "/v2/payment_links/connections",
    scope: "payment_link.write",
    handle: createConnection,
  },
  {
    name: "createPaymentLink",
    method: "POST",
    path: "/v2/payment_links",
    scope: "payment_link.write",
    handle: createPaymentLink,
  },
  {
    name: "listPaymentLinks",
    method: "GET",
    path: "/v2/payment_links",
    scope: "payment_link.read",
    handle: listPaymentLinks,
  },
  {
    name: "getPaymentLink",
    method: "GET",
    path: "/v2/payment_links/:id",
    scope: "payment_link.read",
    handle: getPaymentLink,
  },
  {
    name: "deactivatePaymentLink",
    method: "PATCH",
    path: "/v2/payment_links/:id/deactivate",
    scope: "payment_link.write",
    handle: deactivatePaymentLink,
  },
  {
    name: "listPayments",
    method: "GET",
    path: "/v2/payment_links/:id/payments",
    scope: "payment_link.read",
    handle: listPayments,
  },
  {
    name: "createWebhookSubscription",
    method: "POST",
    path: "/v2/webhook_subscriptions",
    scope: "webhook",
    handle: createWebhookSubscription,
  },
  {
    name: "listWebhookSubscriptions",
    method: "GET",
    path: "/v2/webhook_subscriptions",
    scope: "webhook",
    handle: listWebhookSubscriptions,
  },
  {
    name: "getWebhookSubscription",
    method: "GET",
    path: "/v2/webhook_subscriptions/:id",
    scope: "webhook",
    handle: getWebhookSubscription,
  },
  {
    name: "updateWebhookSubscription",
    method: "PUT",
    path: "/v2/webhook_subscriptions/:id",
    scope: "webhook",
    handle: updateWebhookSubscription,
  },
  {
    name: "deleteWebhookSubscription",
    method: "DELETE",
    path: "/v2/webhook_subscriptions/:id",
    scope: "webhook",
    handle: deleteWebhookSubscription,
  },
];
