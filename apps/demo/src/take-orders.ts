import { CHECKOUT_STATUSES, type Money } from "./button-contract.ts";
import type { OrderStatus } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { ProductCard } from "./product-card.ts";

/** Writes what the buttons tell into the order book. This is all that a shop has to do with the button's events. */
export function takeOrders(cards: readonly ProductCard[], book: OrderBook): void {
  const record = (event: Event, status: OrderStatus, total: Money | null, reference?: string) => {
    const card = cards.find(({ button }) => button === event.target);
    if (card === undefined) return;
    book.record({ number: reference ?? card.number, cart: card.cart, status, total });
  };

  // Already the click makes an order: after a reload in the middle of it, the next click is the same attempt again.
  document.addEventListener("qonto-pay-start", (event) => record(event, "started", null));
  document.addEventListener("qonto-pay-redirect", (event) => record(event, "open", null));
  document.addEventListener("qonto-pay-status", (event) => {
    const { status, amount, reference } = event.report;
    // A status of a later version of the button is better left out than shown wrong.
    if (CHECKOUT_STATUSES.includes(status)) record(event, status, amount, reference);
  });
}
