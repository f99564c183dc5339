import { connectionAnswerSchema } from "@qonto-pay/core/api.schema";
import {
  createConnectionSchema,
  listPaymentMethodsQuerySchema,
  paymentMethodsSchema,
} from "@qonto-pay/core/qonto.schema";
import { OF_QONTO } from "../openapi/documented-codes.ts";
import { CONNECTION } from "../openapi/examples.ts";
import { type Route, serverRoute } from "./route.ts";

export const connection: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/payment_methods",
    query: listPaymentMethodsQuerySchema,
    operation: "listPaymentMethods",
    docs: WITH_DOCS && {
      id: "listPaymentMethods",
      tag: "Payment links",
      summary: "List payment methods",
      description:
        "Returns the payment methods, and which of them the merchant has enabled at the provider. With `amount` and `currency`, returns the methods for this amount, because some have limits.",
      queryExample: { amount: "12.00", currency: "EUR" },
      answer: {
        description: "The payment methods.",
        schema: paymentMethodsSchema,
        example: { payment_link_payment_methods: [{ name: "credit_card", enabled: true }] },
      },
      errors: ["connection_not_found", "payment_links_not_activated", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/connection",
    operation: "readConnection",
    docs: WITH_DOCS && {
      id: "getConnection",
      tag: "Connection",
      summary: "Read the connection",
      description:
        "Reads the connection from Qonto now. `needs_reconnect` shows whether the merchant must reauthorize. Only `status` and `needs_reconnect` are always present: other fields can depend on the state.",
      answer: { description: "The connection.", schema: connectionAnswerSchema, example: CONNECTION },
      errors: ["connection_not_found", "payment_links_not_activated", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/connection",
    body: createConnectionSchema,
    operation: "createConnection",
    status: 201,
    docs: WITH_DOCS && {
      id: "createConnection",
      tag: "Connection",
      summary: "Connect a bank account",
      description:
        "Requests a connection from the payment provider. The merchant then completes it at `connection_location`. Both addresses must be public: Qonto rejects localhost.",
      bodyExamples: {
        "A shop": {
          partner_callback_url: "https://shop.example/connected",
          user_bank_account_id: CONNECTION.bank_account_id,
          user_phone_number: "+33612345678",
          user_website_url: "https://shop.example",
          business_description: "We make stoneware mugs and sell them in our own shop and to visitors of our workshop.",
        },
      },
      answer: {
        description: "The connection.",
        schema: connectionAnswerSchema,
        example: { ...CONNECTION, status: "not_connected" },
      },
      errors: ["multiple_connections_not_allowed", "payment_links_not_activated", ...OF_QONTO],
    },
  }),
];
