import { defineOnce } from "./elements/define-once.ts";
import { QontoPayStatus } from "./elements/qonto-pay-status.ts";
import { withStatusHelp } from "./help/load-help.ts";

export { QontoPayStatusEvent } from "./events/status-event.ts";
export { QontoPayStatus };

defineOnce("qonto-pay-status", QontoPayStatus, withStatusHelp);
