import { productBodySchema, productIdSchema } from "@qonto-pay/core/api.schema";
import { callMerchant } from "../call-merchant.ts";
import { answerJson } from "../http/answer.ts";
import { checked, checkedJson } from "./checked-json.ts";
import { merchantOfSecretKey } from "./merchant-of-key.ts";
import type { RouteContext } from "./route-context.ts";

/** `PUT /v1/products/{id}` by secret key: makes or replaces a product. */
export async function putProduct(request: Request, { env, config, params }: RouteContext): Promise<Response> {
  const { merchant, keyHash } = await merchantOfSecretKey(request, config);
  const { id } = checked(productIdSchema, params);
  const product = { ...(await checkedJson(productBodySchema, request)), id };
  return answerJson(await callMerchant(env, config, merchant, (object) => object.saveProduct(keyHash, product)));
}

/** `GET /v1/products/{id}` by secret key. */
export async function getProduct(request: Request, { env, config, params }: RouteContext): Promise<Response> {
  const { merchant, keyHash } = await merchantOfSecretKey(request, config);
  const { id } = checked(productIdSchema, params);
  return answerJson(await callMerchant(env, config, merchant, (object) => object.readProduct(keyHash, id)));
}
