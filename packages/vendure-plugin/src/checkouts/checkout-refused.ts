import { ErrorResult } from "@vendure/core";

/** Why there is nothing to pay at, said to the shopper by the storefront. */
export class QontoPayCheckoutRefused extends ErrorResult {
  override readonly __typename = "QontoPayCheckoutRefused";
  override readonly errorCode = "QONTO_PAY_CHECKOUT_REFUSED";
  override readonly message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }
}
