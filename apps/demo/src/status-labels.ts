import type { OrderStatus } from "./order.ts";

/*
 * The words for an order's status. None of them reports a failed payment: an order is open until Qonto reports it as
 * paid, and the shopper can continue.
 */

/** The label in a list of orders. */
export const STATUS_LABELS: Readonly<Record<OrderStatus, string>> = {
  started: "Started",
  open: "Not paid yet",
  processing: "Processing",
  paid: "Paid",
  expired: "Expired",
  canceled: "Canceled",
};

/** The phrase after "Order AB-123456", next to the button. */
export const STATUS_PHRASES: Readonly<Record<OrderStatus, string>> = {
  started: "",
  open: " is not paid yet.",
  processing: " is being processed.",
  paid: " is paid.",
  expired: " has expired.",
  canceled: " was canceled.",
};
