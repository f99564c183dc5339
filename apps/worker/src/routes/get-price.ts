import { priceQuerySchema } from "@qonto-pay/core/api.schema";
import { valueOf } from "../failure/failure.ts";
import { findMerchantObject } from "../find-merchant-object.ts";
import { answerJson } from "../http/answer.ts";
import { checked } from "./checked-json.ts";
import { merchantOfPublishableKey } from "./merchant-of-key.ts";
import type { RouteContext } from "./route-context.ts";

/** `GET /v1/prices?key=&product=&quantity=&amount=` */
export async function getPrice(request: Request, { env, config, query }: RouteContext): Promise<Response> {
  const asked = checked(priceQuerySchema, Object.fromEntries(query));
  const object = findMerchantObject(env, config, merchantOfPublishableKey(asked.key, config));
  const response = answerJson(valueOf(await object.quotePrice(asked, request.headers.get("Origin"))));
  response.headers.set("Cache-Control", "public, max-age=60");
  return response;
}
