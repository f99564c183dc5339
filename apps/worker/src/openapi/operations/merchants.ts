import {
  changeMerchantRequestSchema,
  connectLinkSchema,
  createdMerchantSchema,
  createMerchantRequestSchema,
  deploymentReportSchema,
  merchantAnswerSchema,
  merchantDisconnectedSchema,
  replaceKeysRequestSchema,
  secretKeyCreatedSchema,
} from "@qonto-pay/core/api.schema";
import { CONNECT_LINK, SECRET_KEY } from "../examples.ts";
import type { Operations } from "../operation.ts";
import { merchantName } from "../parameters.ts";

const ORIGINS = { allowed_origins: ["https://shop.example"] };

export const merchants: Operations = {
  "GET /v1/deployment/diagnostics": {
    id: "runDeploymentDiagnostics",
    tag: "Merchants",
    summary: "Find out what every merchant depends on",
    description:
      "Asks Qonto's OAuth now whether it accepts this deployment's client and staging token, without any merchant. Point a monitor at it: what fails here stops the payments of all merchants within the hour. A rejection counts against Qonto's limit of 200 answers of 401 an hour, so ask once a minute at most.",
    caller: "admin",
    answers: [
      {
        status: 200,
        description: "The report.",
        schema: deploymentReportSchema,
        example: {
          healthy: true,
          checks: [{ name: "oauth", status: "ok", message: "Qonto accepts this deployment.", remediation: null }],
        },
      },
    ],
  },
  "POST /v1/merchants": {
    id: "createMerchant",
    tag: "Merchants",
    summary: "Create a merchant",
    description:
      "Answers its keys, the secret one this once, and the link where it connects Qonto. Repeated under the same `Idempotency-Key`, it answers the same keys again, also after 24 hours, and one more link.",
    caller: "admin",
    request: { schema: createMerchantRequestSchema, examples: { "A shop": { name: "bakery", ...ORIGINS } } },
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
  "PATCH /v1/merchants/:merchant": {
    id: "updateMerchant",
    tag: "Merchants",
    summary: "Change a merchant",
    description: "Replaces the origins whose pages may pay.",
    caller: "admin",
    path: merchantName,
    request: { schema: changeMerchantRequestSchema, examples: { "One origin": ORIGINS } },
    answers: [
      {
        status: 200,
        description: "The merchant.",
        schema: merchantAnswerSchema,
        example: { merchant: "demo", ...ORIGINS },
      },
    ],
    errors: ["merchant_not_found"],
  },
  "POST /v1/merchants/:merchant/connect_link": {
    id: "createConnectLink",
    tag: "Merchants",
    summary: "Create a link to connect Qonto",
    description:
      "One more: for the first time, again, or on another device. It is good for 7 days, and for one browser. Under the same `Idempotency-Key` it is the same one, which may have been used.",
    caller: "admin",
    path: merchantName,
    answers: [{ status: 201, description: "The link.", schema: connectLinkSchema, example: CONNECT_LINK }],
    errors: ["merchant_not_found"],
  },
  "POST /v1/merchants/:merchant/replace_keys": {
    id: "replaceKeys",
    tag: "Merchants",
    summary: "Replace all secret keys",
    description:
      "Ends every secret key at once and answers a new one: for a merchant whose key came into other hands, and who may have been locked out with it. What those hands may have left behind stays: webhook endpoints of their own, known secrets of others, prices of products, checkouts that are open. With `webhook_endpoints: disable` nothing more is sent to any endpoint until the merchant has enabled its own again. What else to look at is in `docs/operations/deploy.md` of the repository.",
    caller: "admin",
    path: merchantName,
    request: {
      schema: replaceKeysRequestSchema,
      isOptional: true,
      examples: { "With webhook endpoints disabled": { webhook_endpoints: "disable" } },
    },
    answers: [
      {
        status: 201,
        description: "The key, told this once.",
        schema: secretKeyCreatedSchema,
        example: { ...SECRET_KEY, secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
      },
    ],
    errors: ["merchant_not_found"],
  },
  "POST /v1/merchants/:merchant/disconnect": {
    id: "disconnectMerchant",
    tag: "Merchants",
    summary: "Disconnect a merchant",
    description:
      "Ends the consent here, regardless of Qonto's answer; `consent_revoked` says whether it ended at Qonto as well. Checkouts, products and keys stay. May be repeated.",
    caller: "admin",
    path: merchantName,
    answers: [
      {
        status: 200,
        description: "It is disconnected.",
        schema: merchantDisconnectedSchema,
        example: { merchant: "demo", disconnected: true, consent_revoked: true },
      },
    ],
    errors: ["merchant_not_found"],
  },
};
