import type { CheckoutStatus } from "@qonto-pay/core/api";

/** `waiting`: an open checkout exists, and a click continues its payment. */
export type PaymentState = "idle" | "busy" | "error" | "waiting" | "processing" | "paid";

/** The state of the button for each status of its checkout. */
export const STATE_OF_CHECKOUT: Readonly<Record<CheckoutStatus, PaymentState>> = {
  open: "waiting",
  processing: "processing",
  paid: "paid",
  expired: "idle",
  canceled: "idle",
};

/** Returns whether the button ignores clicks. */
export function isLocked(state: PaymentState): boolean {
  return state === "busy" || state === "processing" || state === "paid";
}
