import { parse } from "graphql";

/** The plugin's extension of the Shop API. */
export const shopApiSchema = parse(`
  "The pay page of the active order."
  type QontoPayCheckout {
    checkoutId: String!
    "Qonto's pay page: redirect the shopper there. It does not lead back to the shop."
    url: String!
    """
    The Worker's page that shows the payment status, and links to the shop once the order is paid: for storefronts
    without a page of their own. The token in it gives access only to the contents of this page.
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

  "The reason why the active order can't be paid now. The message can be shown to the shopper."
  type QontoPayCheckoutRefused implements ErrorResult {
    errorCode: ErrorCode!
    message: String!
  }

  union QontoPayCheckoutResult = QontoPayCheckout | QontoPayNothingDue | QontoPayCheckoutRefused

  extend type Mutation {
    """
    Opens the checkout of the active order, or returns the existing one, and moves the order to ArrangingPayment. Places
    an order of which nothing is due.
    """
    createQontoPayCheckout: QontoPayCheckoutResult!
    """
    Refreshes a checkout from Qonto and settles its order if it is paid: for the page to which a shopper returns.
    Returns the checkout's status: open, processing, paid, expired or canceled. Reads from Qonto at most every few
    seconds, regardless of the number of calls. Errors can be shown to the shopper.
    """
    syncQontoPayCheckout(checkoutId: String!): String!
  }
`);

/** The plugin's extension of the Admin API. */
export const adminApiSchema = parse(`
  "A reason why shoppers can't pay by Qonto, or soon can't, and what the merchant must do."
  type QontoPayProblem {
    "connection, consent or authorization"
    topic: String!
    message: String!
    since: DateTime!
  }

  extend type Query {
    "Empty if no problem is known."
    qontoPayProblems: [QontoPayProblem!]!
  }
`);
