import { amountField, type AmountField } from "./amount-field.ts";
import { type Cart, newOrderNumber } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import { required } from "./required.ts";

/** One product of the shop: what the shopper chooses, the button that sells it, and the order number between them. */
export class ProductCard {
  readonly product: string;
  readonly title: string;
  /** The `<qonto-pay-button>` of this card. It may not be upgraded yet: only its attributes are used. */
  readonly button: HTMLElement;
  readonly #book: OrderBook;
  readonly #quantity: HTMLSelectElement | null;
  readonly #amount: AmountField | null;
  readonly #note: HTMLElement;
  readonly #another: HTMLButtonElement;
  #number = newOrderNumber();

  constructor(root: HTMLElement, book: OrderBook) {
    this.#book = book;
    this.button = required(root, "qonto-pay-button", HTMLElement);
    this.product = this.button.getAttribute("product") ?? "";
    this.title = required(root, "h3", HTMLElement).textContent;
    this.#quantity = root.querySelector<HTMLSelectElement>("select");
    this.#amount = amountField(root, () => this.#prepare());
    this.#note = required(root, ".card-note", HTMLElement);
    this.#another = required(root, ".card-another", HTMLButtonElement);

    this.#quantity?.addEventListener("change", () => this.#prepare());
    this.#another.addEventListener("click", () => {
      this.#prepare();
      this.button.focus();
    });
    book.addEventListener("change", () => this.#showOrder());
    // Paid in another tab while this page was away: its button must not sell the same order again.
    addEventListener("pageshow", (event) => {
      if (event.persisted && this.#isPaid()) this.#prepare();
    });

    const unpaid = book.lastUnpaid(this.product);
    if (unpaid !== undefined) this.#choose(unpaid.cart);
    this.#prepare();
  }

  /** The number of the order that the button sells now. */
  get number(): string {
    return this.#number;
  }

  get cart(): Cart {
    return {
      product: this.product,
      quantity: Number(this.#quantity?.value ?? 1),
      amount: this.#amount?.read() ?? null,
    };
  }

  /** Puts a cart back on the card, and the shopper in front of its button. */
  resume(cart: Cart): void {
    this.#choose(cart);
    this.#prepare();
    this.button.scrollIntoView({ block: "center" });
    this.button.focus({ preventScroll: true });
  }

  #choose(cart: Cart): void {
    if (this.#quantity !== null) this.#quantity.value = String(cart.quantity);
    if (cart.amount !== null) this.#amount?.fill(cart.amount);
    // A quantity from an older visit that the card doesn't offer leaves the select empty.
    if (this.#quantity?.selectedIndex === -1) this.#quantity.selectedIndex = 0;
  }

  /** Tells the button what it sells now and under which number. */
  #prepare(): void {
    const cart = this.cart;
    this.#number = this.#book.numberFor(cart, this.#number);
    this.button.setAttribute("reference", this.#number);
    if (this.#quantity !== null) this.button.setAttribute("quantity", String(cart.quantity));
    if (this.#amount !== null) {
      this.button.setAttribute("amount", cart.amount ?? "");
      this.button.toggleAttribute("disabled", cart.amount === null);
    }
    this.#showOrder();
  }

  #isPaid(): boolean {
    return this.#book.find(this.#number)?.status === "paid";
  }

  #showOrder(): void {
    const paid = this.#isPaid();
    this.#note.textContent = paid ? `Order ${this.#number} is paid.` : `Order ${this.#number}`;
    this.#another.hidden = !paid;
  }
}
