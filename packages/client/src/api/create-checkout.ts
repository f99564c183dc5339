import type { CreateServerCheckoutRequest, InvoiceToPay } from "@qonto-pay/core/api";
import type { IntendedLine } from "@qonto-pay/core/money";

/** What is paid, and how often: lines, or an invoice, which is paid once. */
type Due =
  | (Pick<CreateServerCheckoutRequest, "discount" | "store_credit" | "total" | "reusable"> & {
      readonly items: readonly IntendedLine[];
      readonly invoice?: undefined;
    })
  | {
      readonly items?: undefined;
      readonly invoice: InvoiceToPay;
      readonly reusable?: false | undefined;
      readonly discount?: undefined;
      readonly store_credit?: undefined;
      readonly total?: undefined;
    };

/** The body of `POST /v1/checkouts` by secret key. */
export type CreateCheckout = Omit<CreateServerCheckoutRequest, keyof Due> & Due;
