import { parse } from "graphql";

/** What the Shop API offers a storefront beyond Vendure's own. */
export const shopApiSchema = parse(`
  "Where the active order can be paid."
  type QontoPayCheckout {
    checkoutId: String!
    "Qonto's pay page: send the shopper there. It does not lead back by itself."
    url: String!
    """
    A page of the Worker's that says how the payment stands, and leads to the shop once it is paid: for storefronts
    without a page of their own. The token in it lets its holder read what the page shows, and nothing else.
    """
    statusUrl: String
  }

  "Nothing is due: the order is placed, and there is no pay page."
  type QontoPayNothingDue {
    orderCode: String!
    "PaymentSettled, or PaymentAuthorized if other methods have only authorized the amount."
    state: String!
    "The shop's page for a shopper who has paid, from the plugin's options."
    successUrl: String
  }

  "Why the active order can't be paid now. The message may be shown."
  type QontoPayCheckoutRefused implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  union QontoPayCheckoutResult = QontoPayCheckout | QontoPayNothingDue | QontoPayCheckoutRefused

  extend type Mutation {
    """
    Opens the checkout of the active order, or finds it, and moves the order to ArrangingPayment. Places an order of
    which nothing is due.
    """
    createQontoPayCheckout: QontoPayCheckoutResult!
    """
    Has a checkout read from Qonto now, and its order settled if it is paid: for the page that a shopper comes back to.
    Answers the checkout's status: open, processing, paid, expired or canceled. It is read every few seconds at most,
    however often it is asked for. Errors may be shown.
    """
    syncQontoPayCheckout(checkoutId: String!): String!
  }
`);

/** What the Admin API shows beyond Vendure's own. */
export const adminApiSchema = parse(`
  "Why shoppers can't pay by Qonto, or soon can't, and what the merchant must do."
  type QontoPayProblem {
    "connection, consent or authorization"
    topic: String!
    message: String!
    since: DateTime!
  }

  extend type Query {
    "Empty if nothing is known to keep shoppers from paying by Qonto."
    qontoPayProblems: [QontoPayProblem!]!
  }
`);
