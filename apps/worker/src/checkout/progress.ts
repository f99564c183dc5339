import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";

/** The progress of a checkout, for the shopper. */
export interface Progress {
  readonly status: CheckoutStatus;
  readonly amount: Money;
  readonly reference: string | null;
  readonly isReusable: boolean;
  /** The payee's name, as stored at Qonto; null: unknown. */
  readonly payee: string | null;
  /** The address of the pay page; null: the checkout can't, or can no longer, be paid. */
  readonly payUrl: string | null;
  /** The shop's page for the result; null: the shop named none, or the result is not known yet. */
  readonly backUrl: string | null;
  /** The locale that the shop chose for the page; null: that of the shopper's browser. */
  readonly locale: string | null;
  /** The time of its last activity (its creation, or an event from Qonto), in milliseconds since the epoch. */
  readonly heardAt: number;
}
