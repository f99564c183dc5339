import { QontoPayButton } from "./qonto-pay-button.ts";

// Who registers the element also gets its types and its events by name.
export * from "./index.ts";

const first = customElements.get("qonto-pay-button") as typeof QontoPayButton | undefined;
if (first === undefined) customElements.define("qonto-pay-button", QontoPayButton);
// A page may hold the script twice, or two versions of it: the first one stays.
else if (first !== QontoPayButton)
  console.warn("qonto-pay-button: loaded twice, in use:", first.source, "not:", QontoPayButton.source);
