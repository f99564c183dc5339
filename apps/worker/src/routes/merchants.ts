import {
  changeMerchantRequestSchema,
  connectLinkSchema,
  createdMerchantSchema,
  createMerchantRequestSchema,
  merchantAnswerSchema,
  merchantDisconnectedSchema,
  replaceKeysRequestSchema,
  secretKeyCreatedSchema,
} from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { CONNECT_LINK, SECRET_KEY } from "../openapi/examples.ts";
import { merchantName } from "../openapi/parameters.ts";
import { answerOfCall } from "./request/idempotency-key.ts";
import { adminRoute, jsonRoute, type Route } from "./route.ts";

const ORIGINS = WITH_DOCS && { allowed_origins: ["https://shop.example"] };

export const merchants: readonly Route[] = [
  jsonRoute({
    method: "POST",
    path: "/v1/merchants",
    caller: "admin",
    body: createMerchantRequestSchema,
    handle: async ({ body, idempotencyKey }, request, context) => {
      const asked = { idempotencyKey, request: body };
      const answered = await callMerchant(context.env, context.config, body.name, (object) =>
        object.createMerchant(asked),
      );
      return jsonResponse(answerOfCall(request, context, answered), 201);
    },
    docs: WITH_DOCS && {
      id: "createMerchant",
      tag: "Merchants",
      summary: "Create a merchant",
      description:
        "Answers its keys, the secret one this once, and the link where it connects Qonto. Repeated under the same `Idempotency-Key`, it answers the same keys again, also after 24 hours, and one more link.",
      bodyExamples: { "A shop": { name: "bakery", ...ORIGINS } },
      answers: [
        {
          status: 201,
          description: "The merchant.",
          schema: createdMerchantSchema,
          example: {
            merchant: "bakery",
            publishable_key: "pk_sandbox_bakery",
            secret_key: "sk_sandbox_bakery_example-of-a-key-that-is-told-once",
            connect_url: CONNECT_LINK.connect_url,
          },
        },
      ],
      errors: ["merchant_exists"],
    },
  }),
  adminRoute({
    method: "PATCH",
    path: "/v1/merchants/:merchant",
    body: changeMerchantRequestSchema,
    operation: "changeMerchant",
    docs: WITH_DOCS && {
      id: "updateMerchant",
      tag: "Merchants",
      summary: "Change a merchant",
      description: "Replaces the origins whose pages may pay.",
      path: merchantName,
      bodyExamples: { "One origin": ORIGINS },
      answer: {
        description: "The merchant.",
        schema: merchantAnswerSchema,
        example: { merchant: "demo", ...ORIGINS },
      },
      errors: ["merchant_not_found"],
    },
  }),
  adminRoute({
    method: "POST",
    path: "/v1/merchants/:merchant/connect_link",
    operation: "createConnectLink",
    status: 201,
    docs: WITH_DOCS && {
      id: "createConnectLink",
      tag: "Merchants",
      summary: "Create a link to connect Qonto",
      description:
        "One more: for the first time, again, or on another device. It is good for 7 days, and for one browser. Under the same `Idempotency-Key` it is the same one, which may have been used.",
      path: merchantName,
      answer: { description: "The link.", schema: connectLinkSchema, example: CONNECT_LINK },
      errors: ["merchant_not_found"],
    },
  }),
  adminRoute({
    method: "POST",
    path: "/v1/merchants/:merchant/replace_keys",
    body: replaceKeysRequestSchema,
    isBodyOptional: true,
    operation: "replaceKeys",
    status: 201,
    docs: WITH_DOCS && {
      id: "replaceKeys",
      tag: "Merchants",
      summary: "Replace all secret keys",
      description:
        "Ends every secret key at once and answers a new one: for a merchant whose key came into other hands, and who may have been locked out with it. What those hands may have left behind stays: webhook endpoints of their own, known secrets of others, prices of products, checkouts that are open. With `webhook_endpoints: disable` nothing more is sent to any endpoint until the merchant has enabled its own again. What else to look at is in `docs/operations/deploy.md` of the repository.",
      path: merchantName,
      bodyExamples: { "With webhook endpoints disabled": { webhook_endpoints: "disable" } },
      answer: {
        description: "The key, told this once.",
        schema: secretKeyCreatedSchema,
        example: { ...SECRET_KEY, secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
      },
      errors: ["merchant_not_found"],
    },
  }),
  adminRoute({
    method: "POST",
    path: "/v1/merchants/:merchant/disconnect",
    operation: "disconnectMerchant",
    docs: WITH_DOCS && {
      id: "disconnectMerchant",
      tag: "Merchants",
      summary: "Disconnect a merchant",
      description:
        "Ends the consent here, regardless of Qonto's answer; `consent_revoked` says whether it ended at Qonto as well. Checkouts, products and keys stay. May be repeated.",
      path: merchantName,
      answer: {
        description: "It is disconnected.",
        schema: merchantDisconnectedSchema,
        example: { merchant: "demo", disconnected: true, consent_revoked: true },
      },
      errors: ["merchant_not_found"],
    },
  }),
];
