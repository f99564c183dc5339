import type { CreateCheckout } from "../api/create-checkout.ts";

/** What an offer offers: the body of `POST /v1/checkouts`, but each who takes it gets a checkout of their own. */
export type OfferedCheckout = CreateCheckout & { readonly reusable?: undefined };

/** A basket or an invoice whose price the merchant's server sets, to be carried by a page. */
export interface Offer {
  readonly checkout: OfferedCheckout;
  /** Seconds from now for which it can be taken, 30 days at most. */
  readonly expiresIn: number;
  /** Whether everybody who takes it gets one and the same checkout. False where not given. */
  readonly singleUse?: boolean | undefined;
  /**
   * What single use is counted by, 16 to 64 of `A-Za-z0-9_-`: offers of the same id lead to the one checkout, so that a
   * page may be made anew. A random one where not given.
   */
  readonly id?: string | undefined;
}
