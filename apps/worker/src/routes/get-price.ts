import { priceQuerySchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../call-merchant.ts";
import { answerJson } from "../http/answer.ts";
import { checked } from "./checked-json.ts";
import { merchantOfPublishableKey } from "./merchant-of-key.ts";
import { requireWithinRate } from "./require-within-rate.ts";
import type { RouteContext } from "./route-context.ts";

/** `GET /v1/prices?key=&product=&quantity=&amount=` */
export async function getPrice(request: Request, context: RouteContext): Promise<Response> {
  const { env, config, query } = context;
  await requireWithinRate(request, env.READ_RATE_LIMIT, context);
  const asked = checked(priceQuerySchema, Object.fromEntries(query));
  const merchant = merchantOfPublishableKey(asked.key, config);
  const origin = request.headers.get("Origin");
  return answerJson(await callMerchant(env, config, merchant, (object) => object.quotePrice(asked, origin)));
}
