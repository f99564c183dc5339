import type { ServedPaymentLink } from "@qonto-pay/core/api";
import { onePaymentLinkAnswerSchema, servedPaymentLinkPageSchema } from "@qonto-pay/core/api.schema";
import {
  createPaymentLinkSchema,
  listPaymentLinksQuerySchema,
  listPaymentsQuerySchema,
  paymentPageSchema,
} from "@qonto-pay/core/qonto.schema";
import { OF_QONTO, OF_SERVER_MINTING } from "../openapi/documented-codes.ts";
import { AMOUNT, ITEM, PAGE_OF_ONE, PAYMENT, PAYMENT_LINK, SERVED_PAYMENT_LINK } from "../openapi/examples.ts";
import { linkId } from "../openapi/parameters.ts";
import { type Route, serverRoute } from "./route.ts";

/** Bytes. A basket of some hundred lines with long descriptions. */
const MAX_BODY_BYTES = 256 * 1024;

/** Adds Qonto's envelope around one link. */
function inEnvelope(payment_link: ServedPaymentLink): { readonly payment_link: ServedPaymentLink } {
  return { payment_link };
}

/** Qonto's own operations, with Qonto's names and shapes. */
export const paymentLinks: readonly Route[] = [
  serverRoute({
    method: "POST",
    path: "/v1/payment_links",
    body: createPaymentLinkSchema,
    maxBodyBytes: MAX_BODY_BYTES,
    operation: "createPaymentLink",
    status: 201,
    result: inEnvelope,
    docs: WITH_DOCS && {
      id: "createPaymentLink",
      tag: "Payment links",
      summary: "Create a payment link",
      description:
        "In Qonto's own words, for a basket or an invoice. It gets a checkout, so that it is tracked as any other. An invoice is paid once: another link for it replaces the open one, and is rejected with `order_already_paid` while one of its checkouts is paid or processing.",
      bodyExamples: {
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
      answer: {
        description: "The link.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: SERVED_PAYMENT_LINK },
      },
      errors: [...OF_SERVER_MINTING, "order_already_paid"],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/payment_links",
    query: listPaymentLinksQuerySchema,
    operation: "listPaymentLinks",
    docs: WITH_DOCS && {
      id: "listPaymentLinks",
      tag: "Payment links",
      summary: "List payment links",
      description:
        "With Qonto's own query parameters and pages. `status=open,paid` is read as `status[]=open&status[]=paid`. Pages are numbered, so links move between pages when others are created or change their `status`. To read all links without missing any, leave out `status`, sort by `expiration_date:asc`, and count each `id` once.",
      answer: {
        description: "A page of payment links.",
        schema: servedPaymentLinkPageSchema,
        example: { payment_links: [SERVED_PAYMENT_LINK], meta: PAGE_OF_ONE },
      },
      errors: ["payment_links_not_activated", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/payment_links/:id",
    operation: "readPaymentLink",
    result: inEnvelope,
    docs: WITH_DOCS && {
      id: "getPaymentLink",
      tag: "Payment links",
      summary: "Read a payment link",
      description: "Also returns links that were created in Qonto's own app.",
      path: linkId,
      answer: {
        description: "The link.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: PAYMENT_LINK },
      },
      errors: ["payment_link_not_found", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "GET",
    path: "/v1/payment_links/:id/payments",
    query: listPaymentsQuerySchema,
    operation: "listPayments",
    docs: WITH_DOCS && {
      id: "listPayments",
      tag: "Payment links",
      summary: "List a payment link's payments",
      description: "Every payment that was made or attempted.",
      path: linkId,
      answer: {
        description: "A page of payments.",
        schema: paymentPageSchema,
        example: { payments: [PAYMENT], meta: PAGE_OF_ONE },
      },
      errors: ["payment_link_not_found", ...OF_QONTO],
    },
  }),
  serverRoute({
    method: "PATCH",
    path: "/v1/payment_links/:id/deactivate",
    operation: "deactivatePaymentLink",
    result: inEnvelope,
    docs: WITH_DOCS && {
      id: "deactivatePaymentLink",
      tag: "Payment links",
      summary: "Deactivate a payment link",
      description:
        "The link can no longer be paid. Takes no body. If the link belongs to a checkout, the checkout ends.",
      path: linkId,
      answer: {
        description: "The link, canceled.",
        schema: onePaymentLinkAnswerSchema,
        example: { payment_link: { ...PAYMENT_LINK, status: "canceled" } },
      },
      errors: ["payment_link_not_found", ...OF_QONTO],
    },
  }),
];
