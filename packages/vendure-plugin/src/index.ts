export { QontoPayAccessEvent } from "./qonto-pay-access-event.ts";
export { QontoPayPlugin } from "./qonto-pay.plugin.ts";
export type { AccessTopic, QontoPayPluginOptions } from "./types.ts";
export { qontoPayHandler } from "./qonto-pay.handler.ts";
