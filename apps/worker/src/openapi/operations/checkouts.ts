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
      "Without `Authorization`, a shopper's page calls: the body contains the publishable key, the price comes from the catalogue or from an offer that the merchant's server signed, and the response says where to pay. The body can be sent as `text/plain`, which avoids the CORS preflight. The same `attempt_id` always gets the same checkout. With a secret key, the merchant's server calls, and sends items with its own prices, or an invoice. A new checkout replaces an open one with the same `reference`, whose link is deactivated. A `reference` is paid once: while one of its checkouts is paid or processing, a server gets `409 order_already_paid` with its `checkout_id`, and a page that takes an offer gets that checkout. Without `expires_in`, a checkout ends with Qonto's link, or after 30 days if Qonto's link has no end. Qonto's pay page does not lead back to the shop: the webhook `checkout.paid` reports the payment to the server, and `status_url` is a page for the shopper that links to `success_url` or `cancel_url`.",
    caller: "shopper_or_server",
    headers: { Origin: origin },
    request: {
      schema: anyCheckoutRequestSchema,
      examples: {
        "A shopper's page: a product": {
          publishable_key: "pk_sandbox_demo",
          product: "mug",
          attempt_id: "cart-17-attempt-1",
          shown_amount: AMOUNT,
        },
        "A shopper's page: a basket": {
          publishable_key: "pk_sandbox_demo",
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
        description: "The checkout is open. A page gets `CheckoutCreated`, a server gets `Checkout`.",
        schema: anyCheckoutCreatedSchema,
        example: CHECKOUT_CREATED,
      },
      {
        status: 200,
        description: "The checkout that this `attempt_id` of a page already has.",
        schema: checkoutCreatedSchema,
        example: CHECKOUT_CREATED,
      },
    ],
    errors: [
      ...OF_MINTING,
      "offer_expired",
      "invalid_offer",
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
      "Newest first, filtered by status, reference, `metadata`, opener, and time. `metadata[order_id]=123` finds the checkouts with this entry; with several entries, a checkout must have all of them. Send lists as `status[]=open&status[]=paid` or as `status=open,paid`. A shopper can have a button open a checkout with any `reference`: to find your own checkouts by reference, add `opened_by=server,offer`. Finding them by id is safer.",
    caller: "server",
    query: checkoutsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of checkouts.",
        schema: checkoutPageSchema,
        example: { data: [CHECKOUT_SNAPSHOT], has_more: false },
      },
    ],
  },
  "GET /v1/checkouts/:id": {
    id: "getCheckout",
    tag: "Checkouts",
    summary: "Read a checkout",
    description: "Returns the checkout as the Worker last read it from Qonto. To read it from Qonto now, use `sync`.",
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
      "Works in every status, for shops whose order number exists only after the payment. Absent fields stay as they are, and `metadata` is merged by key. A change creates the event `checkout.updated`. Nothing is sent to Qonto: the payment link keeps its original texts. A `reference` is paid once: if another checkout with it is paid or processing, the response is `409 order_already_paid` with its `checkout_id`. An open checkout replaces the other open ones with the same reference. Once a checkout is paid, the reference that it was opened with stays taken, so that an offer with this reference does not sell the order again.",
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
      "For the shopper's page. With `Accept: text/event-stream`, the response is a stream of server-sent events: the current status, then each change, until no further change is expected. An event named `heartbeat`, without data, comes first and then every 20 seconds. If it stays away, the connection is dead.",
    caller: "anyone",
    path: checkoutId,
    query: checkoutStatusQuerySchema,
    queryExample: { token: CHECKOUT_CREATED.status_token },
    headers: { Origin: origin },
    answers: [
      {
        status: 200,
        description: "The status.",
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
    description: "Every payment that was made or attempted, as Qonto returns it now, in Qonto's own shape.",
    caller: "server",
    path: checkoutId,
    query: listPaymentsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of payments.",
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
      "Deactivates the checkout's link at Qonto, so that it can't be paid. A checkout that has already ended unpaid is returned unchanged.",
    caller: "server",
    path: checkoutId,
    answers: [
      {
        status: 200,
        description: "The checkout is canceled, or had expired.",
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
    description: "Does not depend on webhooks. Call it before you cancel an order.",
    caller: "server",
    path: checkoutId,
    answers: [
      { status: 200, description: "The checkout as Qonto returns it now.", schema: checkoutSchema, example: CHECKOUT },
    ],
    errors: ["checkout_not_found", "payment_link_not_found", ...OF_QONTO],
  },
};
