import { amountField, type AmountField } from "./amount-field.ts";
import { type Cart, newOrderNumber } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { OrderUnderWay } from "./order-under-way.ts";
import { required } from "./required.ts";
import { STATUS_PHRASES } from "./status-labels.ts";

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
  readonly #underWay: OrderUnderWay;
  readonly #paidLabel = paidLabel();
  #number = newOrderNumber();

  constructor(root: HTMLElement, book: OrderBook, underWay: OrderUnderWay) {
    this.#book = book;
    this.#underWay = underWay;
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
      this.#focusButton();
    });
    this.button.addEventListener("qonto-pay-redirect", () => underWay.leave(this.#number));
    book.addEventListener("change", () => this.#showOrder());

    const paid = underWay.paid(this.product);
    const shown = paid ?? book.lastUnpaid(this.product);
    if (shown !== undefined) this.#choose(shown.cart);
    if (paid === undefined) this.#prepare();
    else this.#sell(paid.number);
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
    this.#focusButton();
  }

  #choose(cart: Cart): void {
    if (this.#quantity !== null) this.#quantity.value = String(cart.quantity);
    if (cart.amount !== null) this.#amount?.fill(cart.amount);
    // A quantity from an older visit that the card doesn't offer leaves the select empty.
    if (this.#quantity?.selectedIndex === -1) this.#quantity.selectedIndex = 0;
  }

  /** Gives the cart its order number. A paid order never sells again: its cart gets another one. */
  #prepare(): void {
    this.#sell(this.#book.numberFor(this.cart, this.#number));
  }

  /** Tells the button what it sells now and under which number. */
  #sell(number: string): void {
    const { quantity, amount } = this.cart;
    this.#number = number;
    this.button.setAttribute("reference", number);
    if (this.#quantity !== null) this.button.setAttribute("quantity", String(quantity));
    if (this.#amount !== null) this.button.setAttribute("amount", amount ?? "");
    this.#showOrder();
  }

  /**
   * A paid order stays on the card until the shopper asks for another. The button may not know that it is paid, when it
   * was another tab that heard of it: so the card takes it out of use, and says what it says.
   */
  #showOrder(): void {
    const status = this.#book.find(this.#number)?.status ?? "started";
    const paid = status === "paid";
    this.#note.textContent = `Order ${this.#number}${STATUS_PHRASES[status]}`;
    this.#another.hidden = !paid;
    this.button.toggleAttribute("disabled", paid || this.#amount?.read() === null);
    if (paid) {
      this.button.append(this.#paidLabel);
      this.#underWay.shown(this.#number);
    } else {
      this.#paidLabel.remove();
    }
  }

  /** In the next frame: by then the button has heard of its new attributes, and is no longer disabled. */
  #focusButton(): void {
    requestAnimationFrame(() => this.button.focus({ preventScroll: true }));
  }
}

function paidLabel(): HTMLElement {
  const label = document.createElement("span");
  label.slot = "label";
  label.className = "card-paid";
  label.textContent = "Paid";
  return label;
}
