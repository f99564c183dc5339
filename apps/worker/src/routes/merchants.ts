import { isMerchantName } from "@qonto-pay/core/api";
import {
  changeMerchantRequestSchema,
  createMerchantRequestSchema,
  replaceKeysRequestSchema,
} from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError, type Outcome } from "../errors/api-error.ts";
import { jsonResponse } from "../http/json-response.ts";
import type { Answered } from "../idempotency/run-idempotent.ts";
import type { AdminInput, AdminOperation, AdminOutput } from "../api/admin-api.ts";
import { answerOfCall, idempotencyKeyOf } from "./request/idempotency-key.ts";
import { RequestInput } from "./request/request-input.ts";
import { requireAdmin } from "./request/require-admin.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `POST /v1/merchants` by admin key. */
export async function postMerchant(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireAdmin(request, config);
  const idempotencyKey = idempotencyKeyOf(request) ?? crypto.randomUUID();
  const sent = new RequestInput(request, query);
  const asked = { idempotencyKey, request: await sent.body(createMerchantRequestSchema) };
  await sent.requireNothingElse();
  const answered = await callMerchant(env, config, asked.request.name, (object) => object.createMerchant(asked));
  return jsonResponse(answerOfCall(request, context, answered), 201);
}

/** `PATCH /v1/merchants/{merchant}` by admin key. */
export async function patchMerchant(request: Request, context: RouteContext): Promise<Response> {
  const changed = await asAdmin(request, context, "changeMerchant", (sent) => sent.body(changeMerchantRequestSchema));
  return jsonResponse(changed);
}

/** `POST /v1/merchants/{merchant}/connect_link` by admin key. */
export async function postConnectLink(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await asAdmin(request, context, "createConnectLink", () => null), 201);
}

/** `POST /v1/merchants/{merchant}/replace_keys` by admin key: ends all secret keys, and answers a new one. */
export async function postReplaceKeys(request: Request, context: RouteContext): Promise<Response> {
  const readBody = (sent: RequestInput) => sent.optionalBody(replaceKeysRequestSchema);
  return jsonResponse(await asAdmin(request, context, "replaceKeys", readBody), 201);
}

/** `POST /v1/merchants/{merchant}/disconnect` by admin key. */
export async function postDisconnect(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await asAdmin(request, context, "disconnectMerchant", () => null));
}

/** @param readInput is called once the admin key was found to be right. What it leaves is refused. */
async function asAdmin<Name extends AdminOperation>(
  request: Request,
  context: RouteContext,
  journey: Name,
  readInput: (sent: RequestInput) => AdminInput<Name> | Promise<AdminInput<Name>>,
): Promise<AdminOutput<Name>> {
  const { env, config, params, query } = context;
  await requireAdmin(request, config);
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new ApiError("merchant_not_found");
  // As by secret key: a call without one gets one of its own, so that the call to the object may be repeated.
  const idempotencyKey = idempotencyKeyOf(request) ?? crypto.randomUUID();
  const sent = new RequestInput(request, query);
  const input = await readInput(sent);
  await sent.requireNothingElse();
  const answered = await callMerchant(
    env,
    config,
    merchant,
    (object) => object.administer(journey, input, idempotencyKey) as Promise<Outcome<Answered<AdminOutput<Name>>>>,
  );
  return answerOfCall(request, context, answered);
}
