import type { CheckoutStatus } from "@qonto-pay/core/api";

/** A heading and what it means for a shopper. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** What can go wrong for a shopper, as far as it makes a difference to them. */
export type ShopperProblem =
  | "not_for_sale"
  | "no_such_checkout"
  | "amount"
  | "quantity"
  | "not_like_this"
  | "price_changed"
  | "other_page"
  | "not_now"
  | "busy"
  | "other";

/**
 * Everything that a shopper reads on the Worker's own pages, in one language: formal, and saying no more than is known.
 * Amounts and percentages come formatted.
 */
export interface Texts {
  /** What stands for the payee where its name is not known. */
  readonly brand: string;
  /** Of a deployment that no money goes through. */
  readonly sandbox: string;
  readonly pay: {
    /** Of the button that leads to Qonto's page. */
    readonly button: string;
    /** Below it: where it leads. */
    readonly onward: string;
    readonly amount: (currency: string) => string;
    readonly bounds: (min: string, max: string) => string;
    readonly quantity: (quantity: number) => string;
    readonly vat: (rate: string) => string;
  };
  readonly status: Readonly<Record<CheckoutStatus, Words>> & {
    /** Open, and any number of people may pay it. */
    readonly reusable: Words;
    readonly amount: string;
    readonly reference: string;
    readonly pay: string;
    readonly back: string;
    /** That the page goes on by itself, where a script runs. */
    readonly updates: string;
    /** Of the link that shows the page anew, where none does. */
    readonly refresh: string;
  };
  readonly problems: Readonly<Record<ShopperProblem, Words>> & {
    /** Of the link that leads on. */
    readonly goOn: string;
    readonly code: string;
    readonly request: string;
  };
}
