import { isMerchantName } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { jsonResponse } from "../http/json-response.ts";
import { readBytes } from "../http/body-limit.ts";
import type { RouteContext } from "./request/route-context.ts";

/** Bytes. An event of Qonto's is a few kilobytes. */
const MAX_BODY_BYTES = 256 * 1024;

/** `POST /webhooks/qonto/{merchant}` */
export async function postWebhook(request: Request, { env, config, params }: RouteContext): Promise<Response> {
  const merchant = params["merchant"] ?? "";
  if (!isMerchantName(merchant)) throw new ApiError("not_found");
  const body = await readBytes(request, MAX_BODY_BYTES);
  if (body === null) throw new ApiError("body_too_large");
  const signature = request.headers.get("X-Qonto-Signature");
  await callMerchant(env, config, merchant, (object) => object.receiveWebhook(body, signature));
  return jsonResponse({ received: true });
}
