import type { ACCESS_TOPICS } from "./constants.ts";

/** The options of `QontoPayPlugin.init`. */
export interface QontoPayPluginOptions {
  /** `sk_{sandbox|live}_{merchant}_{random}`. Read it from the environment; never put it into the code. */
  readonly secretKey: string;
  /** The Worker's origin, such as `https://pay.shop.example`. */
  readonly endpoint: string;
  /** `whsec_…` of the shop's webhook endpoint; several while one replaces another. */
  readonly webhookSecret: string | readonly string[];
  /**
   * Prefix of the order's code in the `reference` of a checkout. Use a different one for each shop of the merchant: two
   * shops with the same references would replace each other's links. Set it before the first order and never change it.
   */
  readonly referencePrefix?: string | undefined;
  /** The page for a shopper who has paid, on one of the merchant's allowed origins. */
  readonly successUrl?: ((orderCode: string) => string) | undefined;
  /** The page for a shopper who has not paid, on one of the merchant's allowed origins. */
  readonly cancelUrl?: ((orderCode: string) => string) | undefined;
  /** Seconds after which a link can no longer be paid, from 5 minutes to 30 days; Qonto's own limit by default. */
  readonly expiresIn?: number | undefined;
  /** Milliseconds between two checks for missed events; 5 minutes by default. */
  readonly catchUpEveryMs?: number | undefined;
}

/** The topic of a problem that prevents all shoppers from paying. */
export type AccessTopic = (typeof ACCESS_TOPICS)[number];

/** The pay page of an order. */
export interface QontoPayCheckout {
  readonly checkoutId: string;
  readonly url: string;
}

/** An order that is placed without a payment page. */
export interface QontoPayNothingDue {
  readonly orderCode: string;
  readonly state: string;
  /** The shop's page for a shopper who has paid. */
  readonly successUrl: string | null;
}

/**
 * The reason why the order can't be paid, for the storefront to show. Has the shape of Vendure's error results, but not
 * their class, whose messages are translation keys.
 */
export class QontoPayCheckoutRefused {
  readonly __typename = "QontoPayCheckoutRefused";
  readonly errorCode = "QONTO_PAY_CHECKOUT_REFUSED";
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** The result for the storefront: a pay page, a placed order, or the reason why there is neither. */
export type StartedCheckout = QontoPayCheckout | QontoPayNothingDue | QontoPayCheckoutRefused;
