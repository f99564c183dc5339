export { QontoPayAccessEvent } from "./qonto-pay-access-event.ts";
export type { AccessTopic } from "./access/access-notice.ts";
export { QontoPayPlugin } from "./qonto-pay.plugin.ts";
export type { QontoPayPluginOptions } from "./types.ts";
export { qontoPayHandler } from "./qonto-pay.handler.ts";
