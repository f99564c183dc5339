import { formatMoney } from "./format-money.ts";
import type { Cart, Order, OrderStatus } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import { required } from "./required.ts";
import { STATUS_LABELS } from "./status-labels.ts";

/** Statuses in which the shopper can still pay, with the label of the button. */
const RESUME_LABELS: Readonly<Partial<Record<OrderStatus, string>>> = {
  open: "Continue",
  expired: "Try again",
  canceled: "Try again",
};

/** The panel's interface to the shop. */
export interface OrdersPanelShop {
  /** Returns the title of a product, or its name in the catalogue if the shop no longer shows it. */
  titleOf(product: string): string;
  /** Returns whether the shop has a card for this product. */
  sells(product: string): boolean;
  /** Continues with this cart, because the shopper wants to pay it. */
  resume(cart: Cart): void;
}

/**
 * "Your orders": shows every order with a payment link, and announces changes of status.
 *
 * @param root the panel in index.html.
 * @param count the element outside the panel that shows the number of orders.
 */
export function ordersPanel(root: HTMLElement, count: HTMLElement, book: OrderBook, shop: OrdersPanelShop): void {
  const list = required(root, ".orders-list", HTMLElement);
  const empty = required(root, ".orders-empty", HTMLElement);
  const blocked = required(root, ".orders-blocked", HTMLElement);
  const announcer = required(root, "[role=status]", HTMLElement);
  let shown = new Map<string, OrderStatus>();

  const render = () => {
    const orders = book.placed;
    const moved = orders.filter((order) => shown.has(order.number) && shown.get(order.number) !== order.status);
    shown = new Map(orders.map((order) => [order.number, order.status]));
    list.replaceChildren(...orders.map((order) => row(order, shop)));
    empty.hidden = orders.length > 0;
    blocked.hidden = book.lasting;
    count.textContent = String(orders.length);
    if (moved.length > 0) announcer.textContent = moved.map(announcement).join(" ");
  };

  book.addEventListener("change", render);
  render();
}

function announcement(order: Order): string {
  return `Order ${order.number}: ${STATUS_LABELS[order.status]}.`;
}

function row(order: Order, shop: OrdersPanelShop): HTMLElement {
  const item = document.createElement("li");
  item.className = "order";
  item.dataset["order"] = order.number;
  item.dataset["status"] = order.status;

  const times = order.cart.quantity > 1 ? `${order.cart.quantity} × ` : "";
  item.append(
    text("order-number", order.number),
    text("order-status", STATUS_LABELS[order.status]),
    text("order-product", `${times}${shop.titleOf(order.cart.product)}`),
    text("order-total", order.total === null ? "" : formatMoney(order.total)),
  );

  const resumeLabel = RESUME_LABELS[order.status];
  if (resumeLabel !== undefined && shop.sells(order.cart.product)) {
    const resume = document.createElement("button");
    resume.type = "button";
    resume.className = "link-button order-resume";
    resume.textContent = resumeLabel;
    resume.setAttribute("aria-label", `${resumeLabel}: order ${order.number}`);
    resume.addEventListener("click", () => shop.resume(order.cart));
    item.append(resume);
  }
  return item;
}

function text(className: string, content: string): HTMLElement {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = content;
  return element;
}
