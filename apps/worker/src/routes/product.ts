import { productBodySchema, productIdSchema } from "@qonto-pay/core/api.schema";
import { valueOf } from "../failure/failure.ts";
import { findMerchantObject } from "../find-merchant-object.ts";
import { answerJson } from "../http/answer.ts";
import { checked, checkedJson } from "./checked-json.ts";
import { merchantOfSecretKey } from "./merchant-of-key.ts";
import type { RouteContext } from "./route-context.ts";

/** `PUT /v1/products/{id}` by secret key: makes or replaces a product. */
export async function putProduct(request: Request, context: RouteContext): Promise<Response> {
  const { merchant, keyHash } = await merchantOfSecretKey(request, context.config);
  const id = productIdOf(context);
  const body = await checkedJson(productBodySchema, request);
  const object = findMerchantObject(context.env, context.config, merchant);
  return answerJson(valueOf(await object.saveProduct(keyHash, { ...body, id })));
}

/** `GET /v1/products/{id}` by secret key. */
export async function getProduct(request: Request, context: RouteContext): Promise<Response> {
  const { merchant, keyHash } = await merchantOfSecretKey(request, context.config);
  const object = findMerchantObject(context.env, context.config, merchant);
  return answerJson(valueOf(await object.readProduct(keyHash, productIdOf(context))));
}

function productIdOf({ params }: RouteContext): string {
  return checked(productIdSchema, params).id;
}
