import type { OrderBook } from "./order-book.ts";
import { required } from "./required.ts";
import { STATUS_LABELS } from "./status-labels.ts";

/**
 * Shows the latest order in one line at the top of the page. After paying on a narrow screen, "Your orders" is far below.
 * The line is not a live region, because the panel is one.
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
