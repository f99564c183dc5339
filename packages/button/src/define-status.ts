import { QontoPayStatus } from "./qonto-pay-status.ts";

export { QontoPayStatusEvent } from "./events/status-event.ts";
export { QontoPayStatus };

// A page may hold the script twice: the first one stays.
if (customElements.get("qonto-pay-status") === undefined) customElements.define("qonto-pay-status", QontoPayStatus);
