/** `waiting`: an open checkout exists, and a click continues its payment. */
export type PaymentState = "idle" | "busy" | "error" | "waiting" | "processing" | "paid";

/** Returns whether the button ignores clicks. */
export function isLocked(state: PaymentState): boolean {
  return state === "busy" || state === "processing" || state === "paid";
}
