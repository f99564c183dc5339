import { defineOnce } from "./define-once.ts";
import { QontoPayStatus } from "./qonto-pay-status.ts";

export { QontoPayStatusEvent } from "./events/status-event.ts";
export { QontoPayStatus };

defineOnce("qonto-pay-status", QontoPayStatus);
