import { defineOnce } from "./elements/define-once.ts";
import { QontoPayButton } from "./elements/qonto-pay-button.ts";
import { withHelp } from "./help/load-help.ts";

// A module that registers the element also exports its types and events.
export * from "./index.ts";

defineOnce("qonto-pay-button", QontoPayButton, withHelp);
