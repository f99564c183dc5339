import { CHECKOUT_STATUSES, type Money } from "./button-contract.ts";
import type { OrderStatus } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { ProductCard } from "./product-card.ts";

/** Writes the events of the buttons into the order book. A shop needs nothing else from the button's events. */
export function takeOrders(cards: readonly ProductCard[], book: OrderBook): void {
  const record = (event: Event, status: OrderStatus, total: Money | null, reference?: string) => {
    const card = cards.find(({ button }) => button === event.target);
    if (card === undefined) return;
    book.record({ number: reference ?? card.number, cart: card.cart, status, total });
  };

  // The click creates the order, so that after a reload during the click, the next click repeats the same attempt.
  document.addEventListener("qonto-pay-start", (event) => record(event, "started", null));
  document.addEventListener("qonto-pay-redirect", (event) => record(event, "open", null));
  document.addEventListener("qonto-pay-status", (event) => {
    const { status, amount, reference } = event.report;
    // Ignores statuses of later versions of the button, which this page can't show.
    if (CHECKOUT_STATUSES.includes(status)) record(event, status, amount, reference);
  });
}
