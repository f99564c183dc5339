import type { PaymentsState } from "./payments-state.ts";
import { required } from "./required.ts";

const NOTICES: Readonly<Record<PaymentsState, string>> = {
  loading: "Demo shop: nothing is delivered and no money moves.",
  slow: "Payments are taking a while to load.",
  ready: "Demo shop: nothing is delivered and no money moves.",
  unreachable: "Payments are not reachable right now. Nothing was charged.",
};

/** Shows the state of payments in the bar on top, and sets it as `data-payments` for the styles. */
export function noticeBar(root: HTMLElement): (state: PaymentsState) => void {
  const message = required(root, ".notice-text", HTMLElement);
  const reload = required(root, ".notice-reload", HTMLElement);
  return (state) => {
    document.documentElement.dataset["payments"] = state;
    // Set only if it differs, so that a screen reader does not announce the same sentence twice.
    if (message.textContent !== NOTICES[state]) message.textContent = NOTICES[state];
    reload.hidden = state !== "unreachable";
  };
}
