import { defineOnce } from "./elements/define-once.ts";
import { QontoPayButton } from "./elements/qonto-pay-button.ts";

// Who registers the element also gets its types and its events by name.
export * from "./index.ts";

defineOnce("qonto-pay-button", QontoPayButton);
