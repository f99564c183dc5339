export type { CheckoutStatusReport, RequestedItem } from "@qonto-pay/core/api";
export type { OwnMessages, PayLabel } from "./messages.ts";
export type { Mode } from "./pay-page.ts";
export type { ProblemCode } from "./problem.ts";
export { QontoPayButton } from "./qonto-pay-button.ts";
export { QontoPayErrorEvent } from "./events/error-event.ts";
export { QontoPayRedirectEvent } from "./events/redirect-event.ts";
export { QontoPayStartEvent } from "./events/start-event.ts";
export { QontoPayStatusEvent } from "./events/status-event.ts";
