import type { CheckoutStatus } from "@qonto-pay/core/api";

/** `waiting`: there is a checkout to be paid, and a click goes on with it. */
export type PaymentState = "idle" | "busy" | "error" | "waiting" | "processing" | "paid";

/** What the button shows at each status of its checkout. */
export const STATE_OF_CHECKOUT: Readonly<Record<CheckoutStatus, PaymentState>> = {
  open: "waiting",
  processing: "processing",
  paid: "paid",
  expired: "idle",
  canceled: "idle",
};

/** Whether a click makes no sense now. */
export function isLocked(state: PaymentState): boolean {
  return state === "busy" || state === "processing" || state === "paid";
}
