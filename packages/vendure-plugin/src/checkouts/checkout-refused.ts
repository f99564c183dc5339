/**
 * Why there is nothing to pay at, for the storefront to show: an error result in Vendure's shape. It is none of Vendure's
 * class, whose messages are keys of its translations.
 */
export class QontoPayCheckoutRefused {
  readonly __typename = "QontoPayCheckoutRefused";
  readonly errorCode = "QONTO_PAY_CHECKOUT_REFUSED";
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}
