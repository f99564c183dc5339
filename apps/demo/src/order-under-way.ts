import type { Order } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { PageStorage } from "./page-storage.ts";

const STORED_AS = "atelier-brume.order-under-way";

/**
 * The order that this tab left the shop to pay. The order book is not enough: another tab may have received the payment
 * first, and this tab must still show it.
 */
export class OrderUnderWay {
  readonly #visit: PageStorage;
  readonly #book: OrderBook;

  /** @param visit the storage of this tab. */
  constructor(visit: PageStorage, book: OrderBook) {
    this.#visit = visit;
    this.#book = book;
  }

  /** Records that this tab goes to the pay page. */
  leave(number: string): void {
    this.#visit.write(STORED_AS, number);
  }

  /** Returns the order of this product if it was paid and this tab has not shown that yet. */
  paid(product: string): Order | undefined {
    const order = this.#book.find(this.#visit.read(STORED_AS) ?? "");
    return order?.status === "paid" && order.cart.product === product ? order : undefined;
  }

  /** Records that this tab shows the order as paid. */
  shown(number: string): void {
    if (this.#visit.read(STORED_AS) === number) this.#visit.write(STORED_AS, "");
  }
}
