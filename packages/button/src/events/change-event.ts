/**
 * Fires when the shopper has chosen another amount or quantity. The properties of the button have the same values.
 *
 * The class is part of the chunk with the choices, so the package exports only its type.
 */
export class QontoPayChangeEvent extends Event {
  static readonly type = "qonto-pay-change";
  /** Decimal string in major units. Undefined if the shopper chooses a quantity. */
  declare readonly amount: string | undefined;
  /** Undefined if the shopper chooses an amount. */
  declare readonly quantity: number | undefined;

  constructor(amount: string | undefined, quantity: number | undefined) {
    super(QontoPayChangeEvent.type, { bubbles: true, composed: true });
    this.amount = amount;
    this.quantity = quantity;
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-change": QontoPayChangeEvent;
  }
}
