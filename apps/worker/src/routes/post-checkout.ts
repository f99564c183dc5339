import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import type { Env } from "../env.ts";
import { Failure, valueOf } from "../failure/failure.ts";
import { findMerchantObject } from "../find-merchant-object.ts";
import { answerJson } from "../http/answer.ts";
import { checkedJson } from "./checked-json.ts";
import { merchantOfPublishableKey } from "./merchant-of-key.ts";
import type { RouteContext } from "./route-context.ts";

/** `POST /v1/checkouts` by publishable key. */
export async function postCheckout(request: Request, { env, config }: RouteContext): Promise<Response> {
  const body = await checkedJson(createCheckoutRequestSchema, request);
  const merchant = merchantOfPublishableKey(body.key, config);
  if (!config.isLocal) await requireWithinRate(request, env, merchant);
  const object = findMerchantObject(env, config, merchant);
  const { isNew, ...created } = valueOf(await object.createCheckout(body, request.headers.get("Origin")));
  return answerJson(created, isNew ? 201 : 200);
}

/** A first wall against one visitor who mints without end. Not for local work, where everybody has the same address. */
async function requireWithinRate(request: Request, env: Env, merchant: string): Promise<void> {
  const address = request.headers.get("CF-Connecting-IP") ?? "";
  const { success } = await env.MINT_RATE_LIMIT.limit({ key: `${merchant}/${address}` });
  if (!success) throw new Failure("rate_limited", { retryAfter: 60 });
}
