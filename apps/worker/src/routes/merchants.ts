import {
  changeMerchantRequestSchema,
  connectLinkSchema,
  createdMerchantSchema,
  createMerchantRequestSchema,
  diagnosticsReportSchema,
  merchantAnswerSchema,
  merchantDisconnectedSchema,
  merchantPageSchema,
  merchantsQuerySchema,
  replaceKeysRequestSchema,
  restoredSchema,
  restoreRequestSchema,
  secretKeyCreatedSchema,
} from "@qonto-pay/core/api.schema";
import { isMerchantName } from "@qonto-pay/core/api";
import { stubOfDeployment } from "../deployment-object/stub-of-deployment.ts";
import { ApiError } from "../errors/api-error.ts";
import { jsonResponse } from "../http/json-response.ts";
import { callMerchant, forgetUnknownMerchant } from "../merchant-object/call-merchant.ts";
import { CONNECT_LINK, DIAGNOSTICS, EXPORT_LINES, SECRET_KEY } from "../openapi/examples.ts";
import { merchantName } from "../openapi/parameters.ts";
import { answerOfCall } from "./request/idempotency-key.ts";
import { adminRoute, jsonRoute, type Route } from "./route.ts";

/** 200 lines of checkouts with long descriptions. */
const MAX_RESTORE_BYTES = 4 * 1024 * 1024;

const ORIGINS = WITH_DOCS && { allowed_origins: ["https://shop.example"] };

export const merchants: readonly Route[] = [
  jsonRoute({
    method: "GET",
    path: "/v1/merchants",
    caller: "admin",
    query: merchantsQuerySchema,
    handle: async ({ query }, _request, { env, config }) =>
      jsonResponse(await stubOfDeployment(env, config).merchantsAfter(query)),
    docs: WITH_DOCS && {
      id: "listMerchants",
      tag: "Merchants",
      summary: "List merchants",
      description:
        "By name. A merchant from before the list existed appears after the operator's next call for it. A name whose creation failed can be in the list, too.",
      answers: [
        {
          status: 200,
          description: "A page of merchants.",
          schema: merchantPageSchema,
          example: { data: [{ merchant: "demo", listed_at: "2026-11-21T09:00:00.000Z" }], has_more: false },
        },
      ],
    },
  }),
  jsonRoute({
    method: "GET",
    path: "/v1/merchants/:merchant/diagnostics",
    caller: "admin",
    handle: async ({ params: { merchant } }, _request, { env, config }) => {
      if (!isMerchantName(merchant)) throw new ApiError("merchant_not_found");
      return jsonResponse(await callMerchant(env, config, merchant, (object) => object.diagnose()));
    },
    docs: WITH_DOCS && {
      id: "diagnoseMerchant",
      tag: "Merchants",
      summary: "Run a merchant's diagnostics",
      description: "The same report as `GET /v1/diagnostics` of that merchant. It takes up to 9 seconds.",
      path: merchantName,
      answers: [
        {
          status: 200,
          description: "The report.",
          schema: diagnosticsReportSchema,
          example: DIAGNOSTICS,
        },
      ],
      errors: ["merchant_not_found"],
    },
  }),
  jsonRoute({
    method: "POST",
    path: "/v1/merchants",
    caller: "admin",
    body: createMerchantRequestSchema,
    handle: async ({ body, idempotencyKey }, request, context) => {
      const asked = { idempotencyKey, request: body };
      // First, so that no merchant exists that is not listed. A name whose creation fails stays in the list.
      await stubOfDeployment(context.env, context.config).listMerchant(body.name);
      const answered = await callMerchant(context.env, context.config, body.name, (object) =>
        object.createMerchant(asked),
      );
      forgetUnknownMerchant(body.name);
      return jsonResponse(answerOfCall(request, context, answered), 201);
    },
    docs: WITH_DOCS && {
      id: "createMerchant",
      tag: "Merchants",
      summary: "Create a merchant",
      description:
        "Returns its keys and a link to connect Qonto. The secret key is returned only once. To get the keys again, repeat the request with the same `Idempotency-Key`, even after 24 hours; the link is then a new one.",
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
      description:
        "Replaces the origins whose pages may open checkouts, or changes how long ended checkouts are kept. Absent fields stay as they are. Checkouts that have been kept for longer are deleted at once, in batches, and can not be restored.",
      path: merchantName,
      bodyExamples: {
        "One origin": ORIGINS,
        "Delete unpaid checkouts after 3 months": { retention: { unpaid_days: 90 } },
      },
      answer: {
        description: "The merchant.",
        schema: merchantAnswerSchema,
        example: { merchant: "demo", ...ORIGINS, retention: { unpaid_days: 396, payments_days: 3653 } },
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
        "Creates a new link: to connect for the first time, to reauthorize, or to use another device. It is valid for 7 days, and for one browser. The same `Idempotency-Key` returns the same link, which may have been used.",
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
        "Revokes every secret key at once and returns a new one: for a merchant whose key was stolen, and whose other key the thief may have revoked. Other things that the thief may have left behind stay: webhook endpoints of their own, webhook secrets that the thief knows, prices of products, open checkouts. With `webhook_endpoints: disable`, nothing is sent to any endpoint until the merchant enables its own endpoints again. `docs/operations/incidents.md` in the repository lists what else to check.",
      path: merchantName,
      bodyExamples: { "With webhook endpoints disabled": { webhook_endpoints: "disable" } },
      answer: {
        description: "The key, which is returned only once.",
        schema: secretKeyCreatedSchema,
        example: { ...SECRET_KEY, secret_key: "sk_sandbox_demo_example-of-a-key-that-ends-with-x9Zk" },
      },
      errors: ["merchant_not_found"],
    },
  }),
  adminRoute({
    method: "POST",
    path: "/v1/merchants/:merchant/restore",
    body: restoreRequestSchema,
    maxBodyBytes: MAX_RESTORE_BYTES,
    operation: "restoreRecords",
    docs: WITH_DOCS && {
      id: "restoreMerchant",
      tag: "Merchants",
      summary: "Restore an export",
      description:
        "Adds lines of `GET /v1/export` of another deployment, 200 at a time. The first line of the export is the first record of each call. Ids, statuses, payments and events are kept. Existing records stay, so the call can be repeated. Create the merchant first, under the same name and without products, restore all lines, and then connect the same organization at Qonto: the Worker then reads the links of open checkouts. Keys and webhook endpoints are new, and origins are set with `PATCH /v1/merchants/{merchant}`. Events are not sent to webhook endpoints.",
      path: merchantName,
      bodyExamples: { "A whole export": { records: EXPORT_LINES } },
      answer: { description: "The numbers.", schema: restoredSchema, example: { restored: 1, skipped: 0 } },
      errors: ["merchant_not_found", "export_mismatch", "merchant_not_empty", "storage_full"],
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
        "Deletes the authorization here, regardless of Qonto's answer; `consent_revoked` shows whether it also ended at Qonto. Checkouts, products and keys stay. The call can be repeated.",
      path: merchantName,
      answer: {
        description: "The merchant is disconnected.",
        schema: merchantDisconnectedSchema,
        example: { merchant: "demo", disconnected: true, consent_revoked: true },
      },
      errors: ["merchant_not_found"],
    },
  }),
];
