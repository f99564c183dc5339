import type { OrderBook } from "./order-book.ts";
import { required } from "./required.ts";
import { STATUS_LABELS } from "./status-labels.ts";

/**
 * One line on top of the page about the latest order, for who comes back from paying on a narrow screen, where "Your
 * orders" is far below. It is no live region: the panel is one.
 */
export function latestOrder(root: HTMLElement, book: OrderBook): void {
  const number = required(root, ".order-number", HTMLElement);
  const status = required(root, ".order-status", HTMLElement);

  const render = () => {
    const [latest] = book.placed;
    root.hidden = latest === undefined;
    if (latest === undefined) return;
    root.dataset["status"] = latest.status;
    number.textContent = latest.number;
    status.textContent = STATUS_LABELS[latest.status];
  };

  book.addEventListener("change", render);
  render();
}
