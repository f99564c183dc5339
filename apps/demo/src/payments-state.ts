/** Whether the shopper can pay now, as far as the page knows. */
export type PaymentsState = "loading" | "slow" | "ready" | "unreachable";

/** Time in ms after which the page shows that it is still waiting for the button's script. */
const SLOW_AFTER = 5000;

/**
 * Watches whether payments are reachable: first whether the button's script loads, later the events of the buttons.
 *
 * @param show called with each state, and synchronously with the first one.
 */
export function watchPayments(show: (state: PaymentsState) => void): void {
  show("loading");
  const slow = setTimeout(() => show("slow"), SLOW_AFTER);

  const readyOnceDefined = async () => {
    await customElements.whenDefined("qonto-pay-button");
    clearTimeout(slow);
    show("ready");
  };
  void readyOnceDefined();
  // `load` fires when every module script has run or failed: an element that is not defined now stays undefined.
  addEventListener("load", () => {
    clearTimeout(slow);
    if (customElements.get("qonto-pay-button") === undefined) show("unreachable");
  });

  document.addEventListener("qonto-pay-error", (event) => {
    if (event.code === "network") show("unreachable");
  });
  document.addEventListener("qonto-pay-redirect", () => show("ready"));
  document.addEventListener("qonto-pay-status", () => show("ready"));
}
