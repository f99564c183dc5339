export type { CheckoutStatusReport, RequestedItem } from "@qonto-pay/core/api";
export type { OwnMessages, PayLabel } from "./locales/button-messages.ts";
export type { Mode } from "./checkout/pay-mode.ts";
export type { ProblemCode } from "./api/problem.ts";
export { QontoPayButton } from "./elements/qonto-pay-button.ts";
export { QontoPayErrorEvent } from "./events/error-event.ts";
export { QontoPayRedirectEvent } from "./events/redirect-event.ts";
export { QontoPayStartEvent } from "./events/start-event.ts";
export { QontoPayStatusEvent } from "./events/status-event.ts";
