import {
  changeOwnMerchantRequestSchema,
  connectLinkSchema,
  merchantAnswerSchema,
  merchantDisconnectedSchema,
} from "@qonto-pay/core/api.schema";
import { CONNECT_LINK } from "../openapi/examples.ts";
import { type Route, serverRoute } from "./route.ts";

const MERCHANT = WITH_DOCS && {
  merchant: "demo",
  allowed_origins: ["https://shop.example"],
  retention: { unpaid_days: 396, payments_days: 3653 },
};

export const account: readonly Route[] = [
  serverRoute({
    method: "GET",
    path: "/v1/merchant",
    operation: "readOwnMerchant",
    docs: WITH_DOCS && {
      id: "getOwnMerchant",
      tag: "Account",
      summary: "Read the merchant's settings",
      description: "The allowed origins, and how long ended checkouts are kept.",
      answer: { description: "The merchant.", schema: merchantAnswerSchema, example: MERCHANT },
    },
  }),
  serverRoute({
    method: "PATCH",
    path: "/v1/merchant",
    body: changeOwnMerchantRequestSchema,
    operation: "updateOwnMerchant",
    docs: WITH_DOCS && {
      id: "updateOwnMerchant",
      tag: "Account",
      summary: "Change the allowed origins",
      description:
        "Replaces the origins whose pages may open checkouts. How long checkouts are kept is changed by the operator.",
      bodyExamples: { "One origin": { allowed_origins: ["https://shop.example"] } },
      answer: { description: "The merchant.", schema: merchantAnswerSchema, example: MERCHANT },
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/merchant/connect_link",
    operation: "createOwnConnectLink",
    status: 201,
    docs: WITH_DOCS && {
      id: "createOwnConnectLink",
      tag: "Account",
      summary: "Create a link to reconnect Qonto",
      description:
        "To connect for the first time, to reauthorize, or to use another device. The link is valid for 7 days, and for one browser. The same `Idempotency-Key` returns the same link, which may have been used.",
      answer: { description: "The link.", schema: connectLinkSchema, example: CONNECT_LINK },
    },
  }),
  serverRoute({
    method: "POST",
    path: "/v1/merchant/disconnect",
    operation: "disconnectOwnMerchant",
    docs: WITH_DOCS && {
      id: "disconnectOwnMerchant",
      tag: "Account",
      summary: "Disconnect Qonto",
      description:
        "Deletes the authorization here, regardless of Qonto's answer; `consent_revoked` shows whether it also ended at Qonto. Payments stop until the merchant uses a new connect link. Checkouts, products, keys and sessions stay. The call can be repeated.",
      answer: {
        description: "The merchant is disconnected.",
        schema: merchantDisconnectedSchema,
        example: { merchant: "demo", disconnected: true, consent_revoked: true },
      },
    },
  }),
];
