/**
 * Proof that the Worker was asked and said `paid`. It goes to our payment handler in the metadata of a payment, where what
 * a storefront sends is JSON and never an instance of this.
 */
export class PaidCheckout {
  /** `co_…` */
  readonly id: string;
  /** What was paid, VAT included. */
  readonly cents: number;

  constructor(id: string, cents: number) {
    this.id = id;
    this.cents = cents;
  }
}
