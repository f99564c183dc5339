import { createCheckoutRequestSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../merchant-object/call-merchant.ts";
import { jsonResponse } from "../http/json-response.ts";
import { merchantOfPublishableKey } from "./request/authenticate-key.ts";
import { RequestInput } from "./request/request-input.ts";
import { requireWithinRate } from "./request/rate-limit.ts";
import type { RouteContext } from "./request/route-context.ts";
import { postServerCheckout } from "./checkouts.ts";

/** `POST /v1/checkouts`: by secret key, which comes in a header, or by publishable key, which comes in the body. */
export async function postCheckout(request: Request, context: RouteContext): Promise<Response> {
  if (request.headers.has("Authorization")) return postServerCheckout(request, context);
  const { env, config, query } = context;
  await requireWithinRate(request, env.MINT_RATE_LIMIT, context);
  const sent = new RequestInput(request, query);
  // An attempt without an id gets one here, so that the call to the object may be repeated.
  const { attempt_id = crypto.randomUUID(), ...asked } = await sent.body(createCheckoutRequestSchema);
  await sent.requireNothingElse();
  const body = { ...asked, attempt_id };
  const merchant = merchantOfPublishableKey(body.publishable_key, config);
  const origin = request.headers.get("Origin");
  const { isNew, ...created } = await callMerchant(env, config, merchant, (object) =>
    object.createCheckout(body, origin),
  );
  return jsonResponse(created, isNew ? 201 : 200);
}
