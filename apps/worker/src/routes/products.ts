import {
  productBodySchema,
  productIdSchema,
  productsQuerySchema,
  updateProductRequestSchema,
} from "@qonto-pay/core/api.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import { checked } from "./request/checked-json.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `PUT /v1/products/{id}` by secret key: makes or replaces a product. */
export async function putProduct(request: Request, context: RouteContext): Promise<Response> {
  const saved = await callAsServer(request, context, "saveProduct", async (sent) => {
    const { id } = checked(productIdSchema, context.params);
    return { ...(await sent.body(productBodySchema)), id };
  });
  return jsonResponse(saved);
}

/** `PATCH /v1/products/{id}` by secret key: changes the fields that are given. */
export async function patchProduct(request: Request, context: RouteContext): Promise<Response> {
  const changed = await callAsServer(request, context, "updateProduct", async (sent) => ({
    ...checked(productIdSchema, context.params),
    request: await sent.body(updateProductRequestSchema),
  }));
  return jsonResponse(changed);
}

/** `GET /v1/products?after=&limit=` by secret key. */
export async function getProducts(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "listProducts", (sent) => sent.query(productsQuerySchema)));
}

/** `DELETE /v1/products/{id}` by secret key. */
export async function deleteProduct(request: Request, context: RouteContext): Promise<Response> {
  await callAsServer(request, context, "removeProduct", () => checked(productIdSchema, context.params));
  return new Response(null, { status: 204 });
}

/** `GET /v1/products/{id}` by secret key. */
export async function getProduct(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(
    await callAsServer(request, context, "readProduct", () => checked(productIdSchema, context.params)),
  );
}
