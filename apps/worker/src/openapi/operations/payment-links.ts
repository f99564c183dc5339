import {
  connectionAnswerSchema,
  onePaymentLinkAnswerSchema,
  servedPaymentLinkPageSchema,
} from "@qonto-pay/core/api.schema";
import {
  createConnectionSchema,
  createPaymentLinkSchema,
  listPaymentLinksQuerySchema,
  listPaymentMethodsQuerySchema,
  listPaymentsQuerySchema,
  paymentMethodsSchema,
  paymentPageSchema,
} from "@qonto-pay/core/qonto.schema";
import { OF_MINTING, OF_QONTO } from "../documented-codes.ts";
import { AMOUNT, CONNECTION, ITEM, PAGE_OF_ONE, PAYMENT, PAYMENT_LINK, SERVED_PAYMENT_LINK } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { linkId } from "../parameters.ts";

const BY_ID = ["payment_link_not_found", ...OF_QONTO] as const;

export const paymentLinks: Operations = {
  "POST /v1/payment_links": {
    id: "createPaymentLink",
    tag: "Payment links",
    summary: "Create a payment link",
    description:
      "In Qonto's own words, for a basket or an invoice. It gets a checkout, so that it is tracked as any other.",
    caller: "server",
    request: {
      schema: createPaymentLinkSchema,
      examples: {
        "A basket": { payment_link: { potential_payment_methods: ["credit_card"], reusable: false, items: [ITEM] } },
        "An invoice": {
          payment_link: {
            invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
            invoice_number: "INV-2026-17",
            debitor_name: "Ada Lovelace",
            amount: AMOUNT,
            potential_payment_methods: ["credit_card"],
          },
        },
      },
    },
    answers: [
      {
        status: 201,
        description: "The link.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: SERVED_PAYMENT_LINK },
      },
    ],
    errors: OF_MINTING,
  },
  "GET /v1/payment_links": {
    id: "listPaymentLinks",
    tag: "Payment links",
    summary: "List payment links",
    description:
      "With Qonto's own query parameters and pages. `status=open,paid` is read as `status[]=open&status[]=paid`. Pages are numbered: where links leave a `status` or new ones come, the rest moves from page to page. To read all of them without missing any, leave `status` out, sort by `expiration_date:asc`, and count each `id` once.",
    caller: "server",
    query: listPaymentLinksQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of them.",
        schema: servedPaymentLinkPageSchema,
        example: { payment_links: [SERVED_PAYMENT_LINK], meta: PAGE_OF_ONE },
      },
    ],
    errors: ["payment_links_not_activated", ...OF_QONTO],
  },
  "GET /v1/payment_links/:id": {
    id: "getPaymentLink",
    tag: "Payment links",
    summary: "Read a payment link",
    description: "Also one that was made in Qonto's own app.",
    caller: "server",
    path: linkId,
    answers: [
      {
        status: 200,
        description: "The link.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: PAYMENT_LINK },
      },
    ],
    errors: BY_ID,
  },
  "GET /v1/payment_links/:id/payments": {
    id: "listPayments",
    tag: "Payment links",
    summary: "List a payment link's payments",
    description: "Every payment that was made or tried on it.",
    caller: "server",
    path: linkId,
    query: listPaymentsQuerySchema,
    answers: [
      {
        status: 200,
        description: "A page of them.",
        schema: paymentPageSchema,
        example: { payments: [PAYMENT], meta: PAGE_OF_ONE },
      },
    ],
    errors: BY_ID,
  },
  "PATCH /v1/payment_links/:id/deactivate": {
    id: "deactivatePaymentLink",
    tag: "Payment links",
    summary: "Deactivate a payment link",
    description: "Nobody can pay it any more. Takes no body. The checkout of one that was made here ends with it.",
    caller: "server",
    path: linkId,
    answers: [
      {
        status: 200,
        description: "The link, canceled.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: { ...PAYMENT_LINK, status: "canceled" } },
      },
    ],
    errors: BY_ID,
  },
  "GET /v1/payment_methods": {
    id: "listPaymentMethods",
    tag: "Payment links",
    summary: "List payment methods",
    description:
      "The ways to pay, and which of them the merchant has enabled at the provider. With `amount` and `currency`, those for this amount: some have limits.",
    caller: "server",
    query: listPaymentMethodsQuerySchema,
    queryExample: { amount: "12.00", currency: "EUR" },
    answers: [
      {
        status: 200,
        description: "All of them.",
        schema: paymentMethodsSchema,
        example: { payment_link_payment_methods: [{ name: "credit_card", enabled: true }] },
      },
    ],
    errors: ["connection_not_found", "payment_links_not_activated", ...OF_QONTO],
  },
  "GET /v1/connection": {
    id: "getConnection",
    tag: "Connection",
    summary: "Read the connection",
    description:
      "Read from Qonto now, and whether the merchant has to connect Qonto again. Only `status` and `needs_reconnect` are sure: other fields may depend on the state.",
    caller: "server",
    answers: [{ status: 200, description: "The connection.", schema: connectionAnswerSchema, example: CONNECTION }],
    errors: ["connection_not_found", "payment_links_not_activated", ...OF_QONTO],
  },
  "POST /v1/connection": {
    id: "createConnection",
    tag: "Connection",
    summary: "Connect a bank account",
    description:
      "Asks the payment provider for a connection. The merchant then finishes at `connection_location`. Both addresses have to be public: Qonto does not take localhost.",
    caller: "server",
    request: {
      schema: createConnectionSchema,
      examples: {
        "A shop": {
          partner_callback_url: "https://shop.example/connected",
          user_bank_account_id: CONNECTION.bank_account_id,
          user_phone_number: "+33612345678",
          user_website_url: "https://shop.example",
          business_description: "We make stoneware mugs and sell them in our own shop and to visitors of our workshop.",
        },
      },
    },
    answers: [
      {
        status: 201,
        description: "The connection.",
        schema: connectionAnswerSchema,
        example: { ...CONNECTION, status: "not_connected" },
      },
    ],
    errors: ["multiple_connections_not_allowed", "payment_links_not_activated", ...OF_QONTO],
  },
};
