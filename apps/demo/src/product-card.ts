import type { PayChangeEvent } from "./button-contract.ts";
import { type Cart, newOrderNumber } from "./order.ts";
import type { OrderBook } from "./order-book.ts";
import type { OrderUnderWay } from "./order-under-way.ts";
import { required } from "./required.ts";
import { STATUS_PHRASES } from "./status-labels.ts";

/** One product of the shop: the button that sells it, the shopper's choice, and the order number. */
export class ProductCard {
  readonly product: string;
  readonly title: string;
  /** The `<qonto-pay-button>` of this card. It may not be upgraded yet, so only its attributes are used. */
  readonly button: HTMLElement;
  readonly #book: OrderBook;
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
    this.#note = required(root, ".card-note", HTMLElement);
    this.#another = required(root, ".card-another", HTMLButtonElement);

    this.button.addEventListener("qonto-pay-change", (event) => {
      const { amount = null, quantity = 1 } = event as PayChangeEvent;
      this.#choose({ product: this.product, amount, quantity });
      this.#prepare();
    });
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

  /** The number of the current order. */
  get number(): string {
    return this.#number;
  }

  get cart(): Cart {
    return {
      product: this.product,
      quantity: Number(this.button.getAttribute("quantity") ?? 1),
      amount: this.button.getAttribute("amount"),
    };
  }

  /** Restores a cart on the card, and scrolls to its button and focuses it. */
  resume(cart: Cart): void {
    this.#choose(cart);
    this.#prepare();
    this.button.scrollIntoView({ block: "center" });
    this.#focusButton();
  }

  /** Sets the choice on the button, which shows it. */
  #choose({ quantity, amount }: Cart): void {
    if (this.button.hasAttribute("quantity-input")) this.button.setAttribute("quantity", String(quantity));
    if (this.button.hasAttribute("amounts") && amount !== null) this.button.setAttribute("amount", amount);
  }

  /** Sets the order number of the cart. If its order is paid, the cart gets a new number. */
  #prepare(): void {
    this.#sell(this.#book.numberFor(this.cart, this.#number));
  }

  /** Sets the cart and the order number on the button. */
  #sell(number: string): void {
    this.#number = number;
    this.#choose(this.cart);
    this.button.setAttribute("reference", number);
    this.#showOrder();
  }

  /**
   * Shows the order on the card. A paid order stays until the shopper orders another one. If another tab received the
   * payment, the button may not know of it, so the card disables the button and labels it "Paid".
   */
  #showOrder(): void {
    const status = this.#book.find(this.#number)?.status ?? "started";
    const paid = status === "paid";
    this.#note.textContent = `Order ${this.#number}${STATUS_PHRASES[status]}`;
    this.#another.hidden = !paid;
    this.button.toggleAttribute("disabled", paid);
    if (paid) {
      this.button.append(this.#paidLabel);
      this.#underWay.shown(this.#number);
    } else {
      this.#paidLabel.remove();
    }
  }

  /** Focuses the button in the next frame, when it has handled its new attributes and is no longer disabled. */
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
