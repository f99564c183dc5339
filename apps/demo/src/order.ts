import { CHECKOUT_STATUSES, type Money } from "./button-contract.ts";

/** The part of an order that the shopper chooses: what one button sells. */
export interface Cart {
  readonly product: string;
  /** Whole number. */
  readonly quantity: number;
  /** Decimal string in euro. Null unless the shopper chooses the amount. */
  readonly amount: string | null;
}

/** `started`: the button was clicked and no payment link is known yet. The others are statuses of the checkout. */
export const ORDER_STATUSES = ["started", ...CHECKOUT_STATUSES] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** One order of this browser. Its number is the `reference` of the button. */
export interface Order {
  readonly number: string;
  readonly cart: Cart;
  readonly status: OrderStatus;
  /** The total that the Worker reports. Null until then. */
  readonly total: Money | null;
}

/** Number of stored orders. The oldest are dropped first. */
const REMEMBERED_ORDERS = 20;

// Letters and digits that are not confused when a number is read aloud. Exactly 32, so that five random bits select one
// without bias.
const NUMBER_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/** Returns a new order number: `AB-` and six characters. */
export function newOrderNumber(): string {
  const random = crypto.getRandomValues(new Uint8Array(6));
  return `AB-${Array.from(random, (byte) => NUMBER_ALPHABET.charAt(byte & 31)).join("")}`;
}

export function isSameCart(one: Cart, other: Cart): boolean {
  return one.product === other.product && one.quantity === other.quantity && one.amount === other.amount;
}

/**
 * Adds an order, or updates the order with that number. The order that the shopper clicked last comes first. A paid
 * order does not change, regardless of the sequence of reports.
 */
export function recordOrder(orders: readonly Order[], report: Order): readonly Order[] {
  const known = orders.find((order) => order.number === report.number);
  if (known === undefined) return [report, ...orders].slice(0, REMEMBERED_ORDERS);
  if (known.status === "paid") return orders;
  // Another click on the order: its known status is still true.
  if (report.status === "started") return [known, ...orders.filter((order) => order !== known)];
  const moved: Order = { ...known, status: report.status, total: report.total ?? known.total };
  return orders.map((order) => (order === known ? moved : order));
}

/**
 * Parses the stored orders of an earlier visit. Invalid entries are dropped: the text may come from another version of
 * this page, be truncated, or come from another program.
 */
export function parseOrders(text: string | null): readonly Order[] {
  if (text === null) return [];
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return [];
  }
  return Array.isArray(stored) ? stored.filter(isOrder).slice(0, REMEMBERED_ORDERS) : [];
}

function isOrder(value: unknown): value is Order {
  return (
    isRecord(value) &&
    typeof value["number"] === "string" &&
    /^AB-[0-9A-Z]{6}$/.test(value["number"]) &&
    isCart(value["cart"]) &&
    ORDER_STATUSES.some((status) => status === value["status"]) &&
    (value["total"] === null || isMoney(value["total"]))
  );
}

function isCart(value: unknown): value is Cart {
  return (
    isRecord(value) &&
    typeof value["product"] === "string" &&
    Number.isInteger(value["quantity"]) &&
    (value["amount"] === null || typeof value["amount"] === "string")
  );
}

function isMoney(value: unknown): value is Money {
  return (
    isRecord(value) &&
    typeof value["value"] === "string" &&
    /^\d+(\.\d+)?$/.test(value["value"]) &&
    typeof value["currency"] === "string" &&
    /^[A-Z]{3}$/.test(value["currency"])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
