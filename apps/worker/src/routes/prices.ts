import { priceRequestSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { jsonResponse } from "../http/json-response.ts";
import { merchantOfPublishableKey } from "./request/authenticate-key.ts";
import { RequestInput } from "./request/request-input.ts";
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `POST /v1/prices`: changes nothing, but a basket or an offer is too long for an address, which is also logged. */
export async function postPrice(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
  const sent = new RequestInput(request, query);
  const asked = await sent.body(priceRequestSchema);
  await sent.requireNothingElse();
  const merchant = merchantOfPublishableKey(asked.publishable_key, config);
  const origin = request.headers.get("Origin");
  return jsonResponse(await callMerchant(env, config, merchant, (object) => object.quotePrice(asked, origin)));
}
