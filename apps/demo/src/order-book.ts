import { type Cart, isSameCart, newOrderNumber, type Order, parseOrders, recordOrder } from "./order.ts";
import type { PageStorage } from "./page-storage.ts";

const STORED_AS = "atelier-brume.orders";

/**
 * The orders of this browser. They are read from storage each time, because another tab of the shop writes there too.
 * Fires `change` when an order was added or moved on, here or in another tab.
 */
export class OrderBook extends EventTarget {
  readonly #storage: PageStorage;

  constructor(storage: PageStorage) {
    super();
    this.#storage = storage;
    addEventListener("storage", (event) => {
      if (event.key === STORED_AS || event.key === null) this.#changed();
    });
    // A page that comes back by the back button has missed what other tabs wrote meanwhile.
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#changed();
    });
  }

  /** The one that the shopper clicked last comes first. */
  get orders(): readonly Order[] {
    return parseOrders(this.#storage.read(STORED_AS));
  }

  /** Those that have got a payment link: before that there is nothing to tell a shopper. */
  get placed(): readonly Order[] {
    return this.orders.filter((order) => order.status !== "started");
  }

  /** False when the browser keeps nothing beyond this page. */
  get lasting(): boolean {
    return this.#storage.lasting;
  }

  find(number: string): Order | undefined {
    return this.orders.find((order) => order.number === number);
  }

  /** The order of this product that the shopper clicked last and has not paid. */
  lastUnpaid(product: string): Order | undefined {
    return this.orders.find((order) => order.cart.product === product && order.status !== "paid");
  }

  /**
   * The number for a cart: the one it has had until it is paid, so that trying again is the same order and not a
   * second one. A cart without an order gets `draft`, unless that number is taken.
   */
  numberFor(cart: Cart, draft: string): string {
    const orders = this.orders;
    const unpaid = orders.find((order) => order.status !== "paid" && isSameCart(order.cart, cart));
    if (unpaid !== undefined) return unpaid.number;
    return orders.some((order) => order.number === draft) ? newOrderNumber() : draft;
  }

  /** Adds an order or moves it on; see {@link recordOrder}. */
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
