import { checkoutStatusQuerySchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { ApiError } from "../errors/api-error.ts";
import { jsonResponse } from "../http/json-response.ts";
import { StatusTokens } from "../crypto/status-token.ts";
import { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /v1/checkouts/{id}/status?token=`: JSON, or server-sent events for who accepts those. */
export async function getStatus(request: Request, { env, config, params, query }: RouteContext): Promise<Response> {
  const id = params["id"] ?? "";
  const { token } = new RequestInput(request, query).query(checkoutStatusQuerySchema);
  const merchant = await new StatusTokens(config.vaultKeys).verify(token, id);
  if (merchant === null) throw new ApiError("checkout_not_found");
  const origin = request.headers.get("Origin");
  if (!request.headers.get("Accept")?.includes("text/event-stream")) {
    return jsonResponse(await callMerchant(env, config, merchant, (object) => object.readStatus(id, origin)));
  }
  const stream = await callMerchant(env, config, merchant, (object) => object.watchStatus(id, origin));
  return new Response(stream, {
    headers: { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store" },
  });
}
