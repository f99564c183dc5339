/** The operations of OAuth and of Qonto's API, as faults and the journal name them. */
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
