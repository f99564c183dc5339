/** Injection token of the options. */
export const QONTO_PAY_OPTIONS = Symbol("QONTO_PAY_OPTIONS");

/** The code of the plugin's payment method handler, and the context of its log lines. */
export const HANDLER_CODE = "qonto-pay";
export const LOG_CONTEXT = "QontoPayPlugin";

/** The path of the webhook endpoint on the shop's server. */
export const WEBHOOK_ROUTE = "qonto-pay/webhook";

/** What can prevent all shoppers of the merchant from paying. Each topic is resolved separately. */
export const ACCESS_TOPICS = ["connection", "consent", "authorization"] as const;
