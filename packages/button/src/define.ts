import { QontoPayButton } from "./qonto-pay-button.ts";

// Who registers the element also gets its types and its events by name.
export * from "./index.ts";

// A page may hold the script twice: the first one stays.
if (customElements.get("qonto-pay-button") === undefined) customElements.define("qonto-pay-button", QontoPayButton);
