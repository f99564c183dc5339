import type { CheckoutStatus } from "@qonto-pay/core/api";

/** A heading and its explanation for the shopper. */
export interface Words {
  readonly title: string;
  readonly text: string;
}

/** The problems that a shopper needs to distinguish. */
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
 * Everything that a shopper reads on the Worker's own pages, in one language. The tone is formal, and no text states
 * more than is known. Amounts and percentages arrive formatted.
 */
export interface Texts {
  /** Shown instead of the payee's name if it is unknown. */
  readonly brand: string;
  /** For a sandbox deployment, in which no money moves. */
  readonly sandbox: string;
  readonly pay: {
    /** Label of the button to Qonto's page. */
    readonly button: string;
    /** Text below the button: where it leads. */
    readonly onward: string;
    readonly amount: (currency: string) => string;
    readonly bounds: (min: string, max: string) => string;
    readonly quantity: (quantity: number) => string;
    readonly vat: (rate: string) => string;
  };
  readonly status: Readonly<Record<CheckoutStatus, Words>> & {
    /** Open, and payable by any number of people. */
    readonly reusable: Words;
    readonly amount: string;
    readonly reference: string;
    readonly pay: string;
    readonly back: string;
    /** States that the page updates automatically. Shown by its script. */
    readonly updates: string;
    /** Label of the link that reloads the page, without JavaScript. */
    readonly refresh: string;
  };
  /** While very many requests arrive. */
  readonly challenge: Words & {
    /** Shown while the page's script works. */
    readonly solving: string;
    /** Shown without JavaScript. */
    readonly wait: (seconds: number) => string;
    /** Label of the button, without JavaScript. */
    readonly goOn: string;
  };
  readonly problems: Readonly<Record<ShopperProblem, Words>> & {
    /** Label of the link to try again. */
    readonly goOn: string;
    readonly code: string;
    readonly request: string;
  };
}
