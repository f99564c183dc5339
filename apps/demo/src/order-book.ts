import { type Cart, isSameCart, newOrderNumber, type Order, parseOrders, recordOrder } from "./order.ts";
import type { PageStorage } from "./page-storage.ts";

const STORED_AS = "atelier-brume.orders";

/**
 * The orders of this browser. They are read from storage each time, because other tabs of the shop write there, too.
 * Fires `change` when an order was added or changed, here or in another tab.
 */
export class OrderBook extends EventTarget {
  readonly #storage: PageStorage;

  constructor(storage: PageStorage) {
    super();
    this.#storage = storage;
    addEventListener("storage", (event) => {
      if (event.key === STORED_AS || event.key === null) this.#changed();
    });
    // A page restored from the back-forward cache has missed the changes of other tabs.
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#changed();
    });
  }

  /** The order that the shopper clicked last comes first. */
  get orders(): readonly Order[] {
    return parseOrders(this.#storage.read(STORED_AS));
  }

  /** Orders with a payment link. Other orders are not shown. */
  get placed(): readonly Order[] {
    return this.orders.filter((order) => order.status !== "started");
  }

  /** False if the browser stores nothing beyond this page. */
  get lasting(): boolean {
    return this.#storage.lasting;
  }

  find(number: string): Order | undefined {
    return this.orders.find((order) => order.number === number);
  }

  /** Returns the unpaid order of this product that the shopper clicked last. */
  lastUnpaid(product: string): Order | undefined {
    return this.orders.find((order) => order.cart.product === product && order.status !== "paid");
  }

  /**
   * Returns the order number for a cart. Until the order is paid, the number stays the same, so that a retry does not
   * create a second order. A cart without an order gets `draft`, unless that number is taken.
   */
  numberFor(cart: Cart, draft: string): string {
    const orders = this.orders;
    const unpaid = orders.find((order) => order.status !== "paid" && isSameCart(order.cart, cart));
    if (unpaid !== undefined) return unpaid.number;
    return orders.some((order) => order.number === draft) ? newOrderNumber() : draft;
  }

  /** Adds or updates an order. See {@link recordOrder}. */
  record(order: Order): void {
    const before = this.orders;
    const after = recordOrder(before, order);
    if (after === before) return;
    this.#storage.write(STORED_AS, JSON.stringify(after));
    this.#changed();
  }

  #changed(): void {
    this.dispatchEvent(new Event("change"));
  }
}
