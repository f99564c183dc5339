/** Whether the shopper can pay now, as far as the page can tell. */
export type PaymentsState = "loading" | "slow" | "ready" | "unreachable";

/** After this long without the button's script the page says that it is still waiting, in milliseconds. */
const SLOW_AFTER = 5000;

/**
 * Follows whether payments are reachable: first whether the button's script arrives, later what the buttons meet.
 *
 * @param show called with each state, the first time at once
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
  // The page counts as loaded when every module script has run or failed: whoever is missing now won't come.
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
