export { QontoPayAccessEvent } from "./access/qonto-pay-access-event.ts";
export type { AccessTopic } from "./access/access-notice.ts";
export { QontoPayPlugin } from "./qonto-pay-plugin.ts";
export type { QontoPayPluginOptions } from "./qonto-pay-plugin-options.ts";
export { qontoPayHandler } from "./payment-method-handler.ts";
