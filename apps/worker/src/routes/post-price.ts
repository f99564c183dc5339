import { priceRequestSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../call-merchant.ts";
import { answerJson } from "../http/answer.ts";
import { checkedJson } from "./checked-json.ts";
import { merchantOfPublishableKey } from "./merchant-of-key.ts";
import { requireWithinRate } from "./require-within-rate.ts";
import type { RouteContext } from "./route-context.ts";

/** `POST /v1/prices`: changes nothing, but a basket or an offer is too long for an address, which is also logged. */
export async function postPrice(request: Request, context: RouteContext): Promise<Response> {
  const { env, config } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
  const asked = await checkedJson(priceRequestSchema, request);
  const merchant = merchantOfPublishableKey(asked.key, config);
  const origin = request.headers.get("Origin");
  return answerJson(await callMerchant(env, config, merchant, (object) => object.quotePrice(asked, origin)));
}
