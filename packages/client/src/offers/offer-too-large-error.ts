import { LONGEST_OFFER_CHARACTERS } from "@qonto-pay/core/api";

/** An offer holds more than the Worker takes of a page: it is not signed. */
export class OfferTooLargeError extends TypeError {
  override readonly name = "OfferTooLargeError";
  /** Characters of the offer as it would have been signed. */
  readonly length: number;
  /** Characters that the Worker takes. */
  readonly limit: number = LONGEST_OFFER_CHARACTERS;

  constructor(length: number) {
    super(
      `The offer would be ${length} characters long, and the Worker takes ${LONGEST_OFFER_CHARACTERS}. Give it fewer or shorter lines (one for each VAT rate is enough) and less metadata, or open the checkout from your server (checkouts.create), which takes 100 lines.`,
    );
    this.length = length;
  }
}
