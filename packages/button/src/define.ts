import { defineOnce } from "./define-once.ts";
import { QontoPayButton } from "./qonto-pay-button.ts";

// Who registers the element also gets its types and its events by name.
export * from "./index.ts";

defineOnce("qonto-pay-button", QontoPayButton);
