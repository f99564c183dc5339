import type { OrderStatus } from "./order.ts";

/*
 * The words for an order's status. None of them says that a payment failed: an order is open until Qonto says that it
 * is paid, and the shopper can go on.
 */

/** In a list of orders. */
export const STATUS_LABELS: Readonly<Record<OrderStatus, string>> = {
  started: "Started",
  open: "Not paid yet",
  processing: "Processing",
  paid: "Paid",
  expired: "Expired",
  canceled: "Canceled",
};

/** After "Order AB-123456", where the shopper would pay it. */
export const STATUS_PHRASES: Readonly<Record<OrderStatus, string>> = {
  started: "",
  open: " is not paid yet.",
  processing: " is being processed.",
  paid: " is paid.",
  expired: " has expired.",
  canceled: " was canceled.",
};
