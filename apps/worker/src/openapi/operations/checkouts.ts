import {
  checkoutCreatedSchema,
  checkoutPageSchema,
  checkoutSchema,
  checkoutsQuerySchema,
  checkoutStatusQuerySchema,
  checkoutStatusReportSchema,
  updateCheckoutRequestSchema,
} from "@qonto-pay/core/api.schema";
import { listPaymentsQuerySchema, paymentPageSchema } from "@qonto-pay/core/qonto.schema";
import { anyCheckoutCreatedSchema, anyCheckoutRequestSchema } from "../components.ts";
import { OF_MINTING, OF_QONTO } from "../documented-codes.ts";
import {
  AMOUNT,
  CHECKOUT,
  CHECKOUT_CREATED,
  CHECKOUT_SNAPSHOT,
  CHECKOUT_STATUS,
  PAGE_OF_ONE,
  PAYMENT,
  SOLD_ITEM,
} from "../examples.ts";
import type { Operations } from "../operation.ts";
import { checkoutId, origin } from "../parameters.ts";

export const checkouts: Operations = {
  "POST /v1/checkouts": {
    id: "createCheckout",
    tag: "Checkouts",
    summary: "Open a checkout",
    description:
      "Without `Authorization`, a shopper's page asks: the publishable key is in the body, the price comes from the catalogue or from an offer that the merchant's server signed, and the answer says where to pay. The body may be sent as `text/plain`, which spares the CORS preflight. The same `attempt_id` always gets the same checkout. With a secret key, the merchant's server asks: items with its own prices, or an invoice. A new checkout replaces an open one with the same `reference`, whose link is deactivated. A `reference` is paid once: while one of its checkouts is paid or processing, a server gets `409 order_already_paid` with its `checkout_id`, and a page that takes an offer gets that checkout. Without `expires_in`, a checkout ends with Qonto's link, or after 30 days where Qonto tells no end. Qonto's pay page does not lead back to the shop: a webhook (`checkout.paid`) tells the server that it was paid, and `status_url` is a page for the shopper, which leads to `success_url` or `cancel_url`.",
    caller: "shopper_or_server",
    headers: { Origin: origin },
    request: {
      schema: anyCheckoutRequestSchema,
      examples: {
        "A shopper's page: a product": {
          key: "pk_sandbox_demo",
          product: "mug",
          attempt_id: "cart-17-attempt-1",
          shown_amount: AMOUNT,
        },
        "A shopper's page: a basket": {
          key: "pk_sandbox_demo",
          items: [{ product: "mug", quantity: 2 }, { product: "poster" }],
        },
        "A server: items": {
          items: [SOLD_ITEM],
          reference: "ORDER-1001",
          metadata: { cart: "c-17" },
          expires_in: 3600,
          locale: "de-AT",
        },
        "A server: a discount, store credit and its own total": {
          items: [
            SOLD_ITEM,
            {
              title: "Tea",
              quantity: 0.35,
              measure_unit: "kg",
              line_total: { value: "8.4175", currency: "EUR" },
              tax_behavior: "exclusive",
              vat_rate: "5.5",
            },
          ],
          discount: { value: "2.00", currency: "EUR" },
          store_credit: { value: "5.00", currency: "EUR" },
          total: { value: "14.89", currency: "EUR" },
          reference: "ORDER-1002",
        },
        "A server: an invoice": {
          invoice: {
            invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
            invoice_number: "INV-2026-17",
            debitor_name: "Ada Lovelace",
            amount: AMOUNT,
          },
        },
      },
    },
    answers: [
      {
        status: 201,
        description: "It is open. A page gets `CheckoutCreated`, a server gets `Checkout`.",
        schema: anyCheckoutCreatedSchema,
        example: CHECKOUT_CREATED,
      },
      {
        status: 200,
        description: "This attempt of a page's already had its checkout: here it is again.",
        schema: checkoutCreatedSchema,
        example: CHECKOUT_CREATED,
      },
    ],
    errors: [
      ...OF_MINTING,
      "offer_expired",
      "offer_invalid",
      "order_already_paid",
      "origin_not_allowed",
      "price_changed",
      "product_not_found",
      "quantity_out_of_range",
      "total_mismatch",
    ],
  },
  "GET /v1/checkouts": {
    id: "listCheckouts",
    tag: "Checkouts",
    summary: "List checkouts",
    description:
      "Newest first, filtered by status, reference, `metadata`, who opened it, and time. `metadata[order_id]=123` finds the checkouts that have this entry; several entries must all be there. Lists come as `status[]=open&status[]=paid`, and `status=open,paid` is read as well. A shopper can have a button open a checkout with any `reference`: to find the merchant's own by it, ask with `opened_by=server,offer`, or better by the checkout's id.",
    caller: "server",
    query: checkoutsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of them.",
        schema: checkoutPageSchema,
        example: { data: [CHECKOUT_SNAPSHOT], has_more: false },
      },
    ],
  },
  "GET /v1/checkouts/:id": {
    id: "getCheckout",
    tag: "Checkouts",
    summary: "Read a checkout",
    description: "As it is known here, which is what Qonto last answered. `sync` asks Qonto anew.",
    caller: "server",
    path: checkoutId,
    answers: [{ status: 200, description: "The checkout.", schema: checkoutSchema, example: CHECKOUT }],
    errors: ["checkout_not_found"],
  },
  "PATCH /v1/checkouts/:id": {
    id: "updateCheckout",
    tag: "Checkouts",
    summary: "Change a checkout's reference and metadata",
    description:
      "In every status, also once it is paid: for shops whose order number exists only after the payment. A field that is absent stays as it is, and `metadata` is merged by key. A change is the event `checkout.updated`. Nothing is sent to Qonto: the payment link keeps what it was created with. A `reference` is paid once: if another checkout for it is paid or processing, the answer is `409 order_already_paid` with its `checkout_id`. An open checkout replaces the other open ones with the same reference. The reference that a checkout was opened with stays taken once the checkout is paid, so that an offer that names it does not sell the order again.",
    caller: "server",
    path: checkoutId,
    request: {
      schema: updateCheckoutRequestSchema,
      examples: {
        "The order number, known after the payment": { reference: "ORDER-1001", metadata: { invoice: "INV-17" } },
        "Remove an entry": { metadata: { cart: null } },
      },
    },
    answers: [{ status: 200, description: "The checkout.", schema: checkoutSchema, example: CHECKOUT }],
    errors: ["checkout_not_found", "order_already_paid"],
  },
  "GET /v1/checkouts/:id/status": {
    id: "getCheckoutStatus",
    tag: "Checkouts",
    summary: "Watch a checkout's status",
    description:
      "For the shopper's page. With `Accept: text/event-stream` it comes as server-sent events: the status now, then each change as it happens, until nothing more is to be expected. An event named `heartbeat`, without data, comes first and then every 20 seconds: where it stays away, the connection is dead.",
    caller: "anyone",
    path: checkoutId,
    query: checkoutStatusQuerySchema,
    queryExample: { token: CHECKOUT_CREATED.status_token },
    headers: { Origin: origin },
    answers: [
      {
        status: 200,
        description: "How it stands.",
        schema: checkoutStatusReportSchema,
        example: CHECKOUT_STATUS,
        texts: {
          "text/event-stream": `retry: 2000\n\nevent: heartbeat\ndata:\n\ndata: ${JSON.stringify(CHECKOUT_STATUS)}\n\n`,
        },
      },
    ],
    errors: ["checkout_not_found", "invalid_request", "origin_not_allowed", "overloaded"],
  },
  "GET /v1/checkouts/:id/payments": {
    id: "listCheckoutPayments",
    tag: "Checkouts",
    summary: "List a checkout's payments",
    description: "Every payment that was made or tried, as Qonto tells it now, in Qonto's own shape.",
    caller: "server",
    path: checkoutId,
    query: listPaymentsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of them.",
        schema: paymentPageSchema,
        example: { payments: [PAYMENT], meta: PAGE_OF_ONE },
      },
    ],
    errors: ["checkout_not_found", "not_found", ...OF_QONTO],
  },
  "POST /v1/checkouts/:id/cancel": {
    id: "cancelCheckout",
    tag: "Checkouts",
    summary: "Cancel a checkout",
    description:
      "Nobody can pay it any more: its link is deactivated at Qonto. One that ended unpaid already is answered as it is.",
    caller: "server",
    path: checkoutId,
    answers: [
      {
        status: 200,
        description: "It is canceled, or had expired.",
        schema: checkoutSchema,
        example: { ...CHECKOUT, status: "canceled" },
      },
    ],
    errors: ["checkout_not_found", "checkout_not_open", "not_found", ...OF_QONTO],
  },
  "POST /v1/checkouts/:id/sync": {
    id: "syncCheckout",
    tag: "Checkouts",
    summary: "Read a checkout from Qonto now",
    description: "Whatever webhooks are still to come: ask before an order is given up.",
    caller: "server",
    path: checkoutId,
    answers: [{ status: 200, description: "As Qonto tells it now.", schema: checkoutSchema, example: CHECKOUT }],
    errors: ["checkout_not_found", "payment_link_not_found", ...OF_QONTO],
  },
};
