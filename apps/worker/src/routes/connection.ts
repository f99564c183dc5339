import { createConnectionSchema, listPaymentMethodsQuerySchema } from "@qonto-pay/core/qonto.schema";
import { jsonResponse } from "../http/json-response.ts";
import { callAsServer } from "./request/call-as-server.ts";
import type { RequestInput } from "./request/request-input.ts";
import type { RouteContext } from "./request/route-context.ts";

/** `GET /v1/connection` by secret key. */
export async function getConnection(request: Request, context: RouteContext): Promise<Response> {
  return jsonResponse(await callAsServer(request, context, "readConnection", () => null));
}

/** `POST /v1/connection` by secret key. */
export async function postConnection(request: Request, context: RouteContext): Promise<Response> {
  const made = await callAsServer(request, context, "createConnection", (sent) => sent.body(createConnectionSchema));
  return jsonResponse(made, 201);
}

/** `GET /v1/payment_methods?amount=&currency=` with a secret key. */
export async function getPaymentMethods(request: Request, context: RouteContext): Promise<Response> {
  const readQuery = (sent: RequestInput) => sent.query(listPaymentMethodsQuerySchema);
  return jsonResponse(await callAsServer(request, context, "listPaymentMethods", readQuery));
}
