/** Names the options for Nest. */
export const QONTO_PAY_OPTIONS = Symbol("QONTO_PAY_OPTIONS");

/** The code of our payment method handler, and the context of our lines in the log. */
export const HANDLER_CODE = "qonto-pay";
export const LOG_CONTEXT = "QontoPayPlugin";

/** Where the Worker's webhook endpoint leads, on the shop's server. */
export const WEBHOOK_ROUTE = "qonto-pay/webhook";

/** What can prevent all shoppers of the merchant from paying. Each topic is resolved separately. */
export const ACCESS_TOPICS = ["connection", "consent", "authorization"] as const;
