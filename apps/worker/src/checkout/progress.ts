import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";

/** How a checkout stands, for whoever pays it. */
export interface Progress {
  readonly status: CheckoutStatus;
  readonly amount: Money;
  readonly reference: string | null;
  readonly isReusable: boolean;
  /** The name of who is paid, as Qonto has it; null where it is not known. */
  readonly payee: string | null;
  /** Where to go on to pay; null where nobody is to pay it (any more). */
  readonly payUrl: string | null;
  /** A page of the shop's; null where it named none, or where nobody knows yet which one it is. */
  readonly backUrl: string | null;
  /** The locale that the shop has chosen for the page; null: that of the shopper's browser. */
  readonly locale: string | null;
  /** When something was last heard of it, in milliseconds of the epoch. */
  readonly heardAt: number;
}
