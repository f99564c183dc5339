/** The operations of OAuth and of Qonto's API, by the names that faults and the journal use. */
export const OPERATION_NAMES = [
  "createToken",
  "revokeToken",
  "revokeConsents",
  "getOrganization",
  "listBankAccounts",
  "getBankAccount",
  "listPaymentMethods",
  "getConnection",
  "createConnection",
  "createPaymentLink",
  "listPaymentLinks",
  "getPaymentLink",
  "deactivatePaymentLink",
  "listPayments",
  "createWebhookSubscription",
  "listWebhookSubscriptions",
  "getWebhookSubscription",
  "updateWebhookSubscription",
  "deleteWebhookSubscription",
] as const;

export type OperationName = (typeof OPERATION_NAMES)[number];
