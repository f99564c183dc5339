import type { ACCESS_TOPICS } from "./constants.ts";

/** The options of `QontoPayPlugin.init`. */
export interface QontoPayPluginOptions {
  /** `sk_{sandbox|live}_{merchant}_{random}`: from the environment, never from the code. */
  readonly secretKey: string;
  /** The Worker's origin, such as `https://pay.shop.example`. */
  readonly endpoint: string;
  /** `whsec_…` of the webhook endpoint that leads here; both while one takes the place of the other. */
  readonly webhookSecret: string | readonly string[];
  /**
   * Put before the order's code in the `reference` of a checkout: one for each shop of the merchant's, since two shops
   * with the same references would end each other's links. To be set before the first order, and kept.
   */
  readonly referencePrefix?: string | undefined;
  /** The page for a shopper who has paid, on one of the merchant's allowed origins. */
  readonly successUrl?: ((orderCode: string) => string) | undefined;
  /** The page for a shopper who has not paid, on one of the merchant's allowed origins. */
  readonly cancelUrl?: ((orderCode: string) => string) | undefined;
  /** Seconds after which a link can't be paid any more, from 5 minutes to 30 days; Qonto's own limit by default. */
  readonly expiresIn?: number | undefined;
  /** Milliseconds between two checks for missed events; 5 minutes by default. */
  readonly catchUpEveryMs?: number | undefined;
}

/** What may keep all shoppers from paying. */
export type AccessTopic = (typeof ACCESS_TOPICS)[number];

/** Where an order can be paid. */
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
 * Why the order can't be paid, for the storefront to show: an error result in Vendure's shape. It is none of Vendure's
 * class, whose messages are keys of its translations.
 */
export class QontoPayCheckoutRefused {
  readonly __typename = "QontoPayCheckoutRefused";
  readonly errorCode = "QONTO_PAY_CHECKOUT_REFUSED";
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What the storefront gets: a pay page, a placed order, or why there is neither. */
export type StartedCheckout = QontoPayCheckout | QontoPayNothingDue | QontoPayCheckoutRefused;
