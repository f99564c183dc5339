import { QontoPayButton } from "./qonto-pay-button.ts";

// A page may hold the script twice: the first one stays.
if (customElements.get("qonto-pay-button") === undefined) customElements.define("qonto-pay-button", QontoPayButton);
