import type { Order } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { PageStorage } from "./page-storage.ts";

const STORED_AS = "atelier-brume.order-under-way";

/**
 * The order that this tab left the shop for, to pay it. The book alone can't tell: another tab of the shop may have
 * heard of the payment first, and this one is still to show it.
 */
export class OrderUnderWay {
  readonly #visit: PageStorage;
  readonly #book: OrderBook;

  /** @param visit storage of this tab alone */
  constructor(visit: PageStorage, book: OrderBook) {
    this.#visit = visit;
    this.#book = book;
  }

  /** This tab goes to the pay page now. */
  leave(number: string): void {
    this.#visit.write(STORED_AS, number);
  }

  /** The order of this product, if it was paid while the tab was away and that was not shown here yet. */
  paid(product: string): Order | undefined {
    const order = this.#book.find(this.#visit.read(STORED_AS) ?? "");
    return order?.status === "paid" && order.cart.product === product ? order : undefined;
  }

  /** The shopper sees in this tab that the order is paid. */
  shown(number: string): void {
    if (this.#visit.read(STORED_AS) === number) this.#visit.write(STORED_AS, "");
  }
}
